"""Reminders: said by the record or a habit, told once, and to nobody who may not see it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.notices.models import Notice
from aperto.kernel.reminders import habits
from aperto.kernel.reminders.due import remind_all
from tests.company import Staff
from tests.snapshot import unchanged

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def meeting(staff: Staff, at: datetime, **more: Any) -> Any:
    return changes.create(
        staff.owner, "meeting", {"subject": "Site visit", "at": at, "done": False} | more, via="test"
    )


def test_reminder_is_told_once_and_again_when_the_meeting_was_moved(staff: Staff) -> None:
    made = meeting(staff, NOW + HOUR, remind=3600)
    meeting(staff, NOW + 3 * HOUR, remind=3600)
    meeting(staff, NOW - 3 * HOUR, remind=3600)

    assert [remind_all(NOW), remind_all(NOW), remind_all(NOW - HOUR)] == [1, 0, 0]
    changes.save(staff.owner, made, {"at": NOW + 2 * HOUR}, via="test")
    assert [remind_all(NOW), remind_all(NOW + HOUR)] == [0, 1]
    assert {each.user_id for each in Notice.objects.all()} == {staff.users["owner"].pk}
    assert "11:00" not in str(Notice.objects.values_list("text", flat=True)[0])


def test_what_is_over_or_deleted_reminds_nobody(staff: Staff) -> None:
    meeting(staff, NOW + HOUR, remind=7200, done=True)
    changes.delete(staff.owner, meeting(staff, NOW + HOUR, remind=7200), via="test")

    assert remind_all(NOW) == 0


def test_habit_holds_where_the_record_says_nothing(staff: Staff) -> None:
    habits.choose(staff.owner, {"meeting": 1800})
    meeting(staff, NOW + timedelta(minutes=20))
    meeting(staff, NOW + timedelta(minutes=40))
    meeting(staff, NOW + timedelta(minutes=20), remind=60)

    assert remind_all(NOW) == 1


def test_habit_is_ones_own_and_has_a_measure(staff: Staff) -> None:
    with unchanged(), pytest.raises(Invalid):
        habits.choose(staff.owner, {"meeting": 10**9})
    with unchanged(), pytest.raises(Invalid):
        habits.choose(staff.owner, {"password": 1})
    with unchanged(), pytest.raises(Refused):
        habits.choose(staff.actor("anonymous"), {"meeting": 60})


def test_page_keeps_the_habit(staff: Staff, client: Client) -> None:
    client.force_login(staff.users["owner"], "allauth.account.auth_backends.AuthenticationBackend")

    refused = client.post("/settings/reminders", {"task": "soon", "meeting": ""})
    kept = client.post("/settings/reminders", {"task": "1 day", "meeting": "15"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert habits.habit_of(staff.owner) == {"task": 86400, "meeting": 900}
