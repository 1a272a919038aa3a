"""What is done to a line: put off, given away, ended with what comes next."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from tests.web.office import Office

NOW = datetime(2026, 3, 4, 11, tzinfo=UTC)  # a Wednesday; noon in Amsterdam
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def again(office: Office, record: Record) -> Any:
    return records.visible(office.actor(office.admin), record.declares.key).get(record.pk)


def undo(client: Client, answer: Any) -> None:
    address = json.loads(answer.headers["HX-Trigger"])["toast"]["undo"]
    assert client.post(address, headers=HTMX).status_code == 204


def test_snooze_offers_days_and_is_undone(office: Office) -> None:
    task = office.make("task", subject="Write", due=NOW - timedelta(days=1, hours=2))
    client = office.client()

    asked = client.get(f"/task/{task.pk}/snooze", headers=HTMX).content.decode()
    answer = client.post(f"/task/{task.pk}/snooze", {"until": "2026-03-05 10:00"}, headers=HTMX)

    for value in ("2026-03-04 15:00", "2026-03-05 10:00", "2026-03-09 10:00", "2026-04-01 10:00"):
        assert f'value="{value}"' in asked
    assert again(office, task).due == datetime(2026, 3, 5, 9, tzinfo=UTC)
    undo(client, answer)
    assert again(office, task).due == task.due  # type: ignore[attr-defined]


def test_snooze_takes_ones_own_words_and_moves_the_end_along(office: Office) -> None:
    meeting: Any = office.make("meeting", subject="Visit", at=NOW, until=NOW + timedelta(hours=1))

    answer = office.client().post(f"/meeting/{meeting.pk}/snooze", {"day": "fri 16:00", "until": ""})

    assert answer.status_code == 302
    moved = again(office, meeting)
    assert (moved.at, moved.until - moved.at) == (datetime(2026, 3, 6, 15, tzinfo=UTC), timedelta(hours=1))


@pytest.mark.parametrize("said", ["", "never", "\x00", "9999-99-99", "x" * 5_000])
def test_snooze_refuses_what_is_no_day(office: Office, said: str) -> None:
    task: Any = office.make("task", subject="Write", due=NOW)

    answer = office.client().post(f"/task/{task.pk}/snooze", {"day": said}, headers=HTMX)

    assert answer.status_code == 422
    assert again(office, task).version == task.version


def test_reassign_gives_away_and_is_undone(office: Office) -> None:
    task: Any = office.make("task", subject="Write", due=NOW)
    client = office.client()

    answer = client.post(f"/task/{task.pk}/reassign", {"owner": str(office.colleague.pk)}, headers=HTMX)

    assert again(office, task).owner == office.colleague.pk
    undo(client, answer)
    assert again(office, task).owner == office.owner.pk
    assert client.post(f"/task/{task.pk}/reassign", {"owner": "x"}, headers=HTMX).status_code == 422


@pytest.mark.parametrize("deed", ["snooze", "reassign"])
def test_deeds_are_closed_to_whoever_may_not(office: Office, deed: str) -> None:
    task: Any = office.make("task", subject="Write", due=NOW)

    said = {"until": "2026-03-05 10:00", "owner": str(office.reader.pk)}
    assert office.client(office.reader).post(f"/task/{task.pk}/{deed}", said).status_code == 403
    assert office.client(office.outsider).post(f"/task/{task.pk}/{deed}", said).status_code == 404
    assert again(office, task).version == task.version


def finished(office: Office, **deal: Any) -> tuple[Client, Record, str]:
    about = office.make("deal", name="Roof", **deal)
    task = office.make("task", subject="Send quote", due=NOW, about=[Ref("deal", about.pk)])
    client = office.client()
    answer = client.post(f"/task/{task.pk}/finish", headers=HTMX)
    url: str = json.loads(answer.headers["HX-Trigger"])["activity-ended"]["url"]
    return client, about, url


def test_what_ends_proposes_what_follows(office: Office) -> None:
    client, deal, url = finished(office)

    asked = client.get(url, headers=HTMX).content.decode()
    answer = client.post(url, {"what": "Follow up: Send quote", "when": "2026-03-06"}, headers=HTMX)

    assert "What comes next for Roof?" in asked
    assert 'value="Follow up: Send quote"' in asked
    page = client.get(f"/deal/{deal.pk}").content.decode()
    assert "Follow up: Send quote" in page
    assert client.get(url, headers=HTMX).status_code == 204  # something is planned now
    undo(client, answer)
    assert "Follow up: Send quote" in client.get(url, headers=HTMX).content.decode()


def test_nothing_follows_a_closed_record_or_none(office: Office) -> None:
    client, _deal, url = finished(office, stage=office.stage("deal", "Lost"))
    lone = office.make("task", subject="Alone", due=NOW, done=True)

    assert client.get(url, headers=HTMX).status_code == 204
    assert client.get(f"/task/{lone.pk}/following", headers=HTMX).status_code == 204


def test_a_refused_proposal_writes_nothing(office: Office) -> None:
    client, _deal, url = finished(office)

    for said in ({"what": "", "when": "2026-03-06"}, {"what": "Ring", "when": "never"}, {"what": "a\x00b"}):
        answer = client.post(url, said, headers=HTMX)
        assert answer.status_code == 422
    assert records.visible(office.actor(), "task").count().number == 1


def test_a_second_follow_up_is_called_like_the_first(office: Office) -> None:
    deal = office.make("deal", name="Roof")
    task = office.make("task", subject="Follow up: Quote", about=[Ref("deal", deal.pk)])
    changes.save(office.actor(), task, {"done": True}, via="test")

    asked = office.client().get(f"/task/{task.pk}/following", headers=HTMX).content.decode()

    assert 'value="Follow up: Quote"' in asked
