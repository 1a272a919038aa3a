"""An entry that is put elsewhere: times of the wall, lengths, rights, conflicts."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar.axis import axis_of
from aperto.kernel.fields.datetime import shown_exactly
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import visible
from tests.company import Staff
from tests.web.calendar.test_page import meeting
from tests.web.lists.conftest import HTMX, Browse, deal


def move(client: Client, record: Record, **sent: str) -> Any:
    key = type(record).declares.key
    return client.post(f"/{key}/calendar/move/{record.pk}", {"version": "1", **sent}, headers=HTMX)


def times(actor: Actor, record: UUID) -> tuple[str, str]:
    [row] = visible(actor, "meeting").only([record]).page(columns=["at", "until"]).rows
    return shown_exactly(row.values["at"]), shown_exactly(row.values["until"])


@pytest.fixture
def visit(staff: Staff) -> Record:
    return meeting(staff.owner, "Site visit", "2026-03-27T09:00:00Z", "2026-03-27T10:30:00Z")


def test_a_move_keeps_the_length_and_can_be_undone(staff: Staff, browse: Browse, visit: Record) -> None:
    client = browse("colleague")

    answer = move(client, visit, begins="2026-03-30T14:00")  # in summer time: two hours before

    assert answer.status_code == 204
    assert times(staff.owner, visit.pk) == ("2026-03-30T12:00:00Z", "2026-03-30T13:30:00Z")
    client.post(json.loads(answer.headers["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert times(staff.owner, visit.pk) == ("2026-03-27T09:00:00Z", "2026-03-27T10:30:00Z")


def test_another_day_keeps_the_time_of_the_clock(staff: Staff, browse: Browse, visit: Record) -> None:
    move(browse("owner"), visit, begins="2026-03-30")

    assert times(staff.owner, visit.pk) == ("2026-03-30T08:00:00Z", "2026-03-30T09:30:00Z")


def test_stretching_changes_the_end_alone(staff: Staff, browse: Browse, visit: Record) -> None:
    move(browse("owner"), visit, begins="2026-03-27T10:00", ends="2026-03-27T12:00")

    assert times(staff.owner, visit.pk) == ("2026-03-27T09:00:00Z", "2026-03-27T11:00:00Z")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"begins": "2026-03-27T10:00", "ends": "2026-03-27T09:00"}, 422),
        ({"begins": "soon"}, 400),
        ({"begins": "0001-01-01T00:00"}, 422),
        ({"begins": "2026-03-27T10:00", "field": "subject"}, 404),
        ({}, 400),
    ],
)
def test_what_cannot_be_changes_nothing(
    staff: Staff, browse: Browse, visit: Record, sent: dict[str, str], status: int
) -> None:
    assert move(browse("owner"), visit, **sent).status_code == status
    assert times(staff.owner, visit.pk) == ("2026-03-27T09:00:00Z", "2026-03-27T10:30:00Z")


def test_who_was_faster_wins_and_the_other_is_asked(staff: Staff, browse: Browse, visit: Record) -> None:
    move(browse("colleague"), visit, begins="2026-03-30T14:00")

    assert move(browse("owner"), visit, begins="2026-03-28T10:00").status_code == 409
    assert times(staff.owner, visit.pk)[0] == "2026-03-30T12:00:00Z"


def test_who_may_not_is_told_and_who_does_not_see_finds_nothing(
    staff: Staff, browse: Browse, visit: Record
) -> None:
    mine = meeting(staff.actor("outsider"), "South", "2026-03-27T09:00:00Z", "2026-03-27T09:30:00Z")

    refused = move(browse("reader"), mine, begins="2026-03-30T14:00")

    assert refused.status_code == 403
    assert move(browse("outsider"), visit, begins="2026-03-30T14:00").status_code == 404
    assert times(staff.owner, visit.pk)[0] == "2026-03-27T09:00:00Z"


def test_whole_days_move_by_day(staff: Staff, browse: Browse) -> None:
    record = deal(staff.owner, "Robots", close_date="2026-03-26")

    assert move(browse("owner"), record, begins="2026-04-01").status_code == 204
    assert move(browse("owner"), record, begins="2026-04-01", ends="2026-04-02").status_code == 403

    [row] = visible(staff.owner, "deal").only([record.pk]).page(columns=["close_date"]).rows
    assert row.values["close_date"].isoformat() == "2026-04-01"


def test_a_length_of_time_is_an_end(staff: Staff) -> None:
    axis = axis_of(staff.owner, registry.get("call"))

    assert (axis.begins.key, axis.ends and axis.ends.key, axis.has_length) == ("at", "length", True)
