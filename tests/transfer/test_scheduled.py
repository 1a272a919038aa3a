"""Imports that come by themselves: when they are due, with whose rights, and what is told of them."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail

from aperto.kernel.access import actors
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.jobs import worker
from aperto.transfer import mappings, scheduled, schedules
from aperto.transfer.choices import Choices
from aperto.transfer.models import ImportRun, ImportSchedule
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import titles

FILE = b"Surname\nBos\nVos\n"


def made(actor: Actor, **given: Any) -> ImportSchedule:
    mapping = mappings.remember(actor, "contact", "Fair", ["Surname"], Choices({0: "last_name"}))
    asked = {
        "source": "url",
        "place": "https://fair.example/x.csv",
        "every": "day",
        "at": time(6, 30),
    } | given
    return schedules.save(actor, ImportSchedule(object="contact", name="Fair", mapping=mapping.pk, **asked))


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the address answers, the last one for ever."""
    answers = [FILE]
    monkeypatch.setattr(schedules, "fetched", lambda _schedule: answers.pop(0) if answers[1:] else answers[0])
    return answers


def test_file_is_fetched_when_due_and_told(staff: Staff, answered: list[bytes]) -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False):
        made(staff.owner)
        assert scheduled.begin_due.call() == 0
    with time_machine.travel(datetime(2026, 11, 2, 5, 31, tzinfo=UTC), tick=False):
        assert (scheduled.begin_due.call(), scheduled.begin_due.call()) == (1, 0)
        worker.run_pending()

    assert titles(staff.owner, "contact") == ["Bos", "Vos"]
    assert [each.subject for each in mail.outbox] == ["Scheduled import Fair: 2 created, 0 refused"]
    assert ImportSchedule.objects.get().next_at == datetime(2026, 11, 3, 5, 30, tzinfo=UTC)


def test_same_file_is_not_imported_again(staff: Staff, answered: list[bytes]) -> None:
    schedule = made(staff.owner)

    assert [scheduled.bring_in.call(str(schedule.pk)) for _turn in range(2)] == [1, 0]


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]"])
def test_inner_network_is_not_reached_and_failure_is_told_once(host: str, staff: Staff) -> None:
    schedule = made(staff.owner, place=f"https://{host}/x.csv")

    for _turn in range(2):
        scheduled.bring_in.call(str(schedule.pk))

    schedule.refresh_from_db()
    assert "inner network" in schedule.problem
    assert [each.subject for each in mail.outbox] == ["The scheduled import Fair failed"]
    assert not ImportRun.objects.exists()


def test_right_that_is_gone_stops_it(
    staff: Staff, answered: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = made(staff.owner)
    reader = staff.actor("reader")
    monkeypatch.setattr(actors, "of_user", lambda _user: reader)

    scheduled.bring_in.call(str(schedule.pk))

    schedule.refresh_from_db()
    assert schedule.problem == "Its owner may no longer import here."
    assert titles(staff.admin, "contact") == []


def test_files_of_the_folder_are_taken_once_and_links_never(
    staff: Staff, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret.csv").write_bytes(b"Surname\nSecret\n")
    folder = tmp_path / "incoming" / "fair"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(FILE)
    (folder / ".part").write_bytes(FILE)
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    schedule = made(staff.admin, source="folder", place="fair")

    assert [scheduled.bring_in.call(str(schedule.pk)) for _turn in range(2)] == [1, 0]
    worker.run_pending()

    assert titles(staff.admin, "contact") == ["Bos", "Vos"]
    assert [each.name.partition("-a.")[2] for each in (folder / "done").iterdir()] == ["csv"]


@pytest.mark.parametrize(
    ("who", "given", "error"),
    [
        ("reader", {}, Refused),
        ("owner", {"source": "folder", "place": "fair"}, Refused),
        ("owner", {"place": "file:///etc/passwd"}, Invalid),
        ("owner", {"place": "http://fair.example/"}, Invalid),
        ("admin", {"source": "folder", "place": "../files"}, Invalid),
    ],
)
def test_what_may_not_be_is_refused(
    who: str, given: dict[str, Any], error: type[Exception], staff: Staff
) -> None:
    actor = staff.actor(who)
    mappings.remember(actor, "contact", "Fair", ["Surname"], Choices({0: "last_name"}))

    with unchanged(), pytest.raises(error):
        made(actor, **given)


def test_anothers_is_not_there(staff: Staff) -> None:
    schedule = made(staff.owner)

    with pytest.raises(Missing):
        schedules.get(staff.actor("colleague"), schedule.pk)
