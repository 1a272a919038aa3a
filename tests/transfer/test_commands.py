"""Import and export for the command line."""

import fcntl
from pathlib import Path

import pytest

from aperto.kernel import records
from aperto.kernel.errors import FieldError, Missing
from aperto.transfer import commands
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import PEOPLE, begin, counts


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_file_is_imported_with_progress(staff: Staff, people: Path) -> None:
    told: list[tuple[int, int]] = []

    run = commands.import_file(
        staff.owner, people, "contact", progress=lambda done, total: told.append((done, total))
    )

    assert (counts(run), told) == ({"created": 3}, [(3, 3)])


def test_file_that_another_process_imports_is_left_to_it(staff: Staff, people: Path) -> None:
    with people.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with unchanged(), pytest.raises(runs.Taken, match="“people.csv” is being imported by another"):
            commands.import_file(staff.owner, people, "contact")

    assert counts(commands.import_file(staff.owner, people, "contact")) == {"created": 3}


def test_run_that_another_process_goes_on_with_is_left_to_it(staff: Staff) -> None:
    run = begin(staff.owner, "contact", PEOPLE)
    ImportRun.objects.filter(pk=run.pk).update(created=2)

    with pytest.raises(runs.Taken):
        runs.carry_out_here(staff.owner, run, lambda done, total: None)

    assert not records.visible(staff.owner, "contact").exists()


def test_fields_to_match_on_are_named_loosely(staff: Staff, people: Path) -> None:
    commands.import_file(staff.owner, people, "contact")

    run = commands.import_file(staff.owner, people, "contact", match=["email"], mode="update")

    assert counts(run) == {"unchanged": 3}
    assert run.choices["match"] == ["emails"]


def test_what_cannot_be_done_is_said_and_nothing_is_written(
    staff: Staff, people: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("foo,bar\nx,y\n")

    with unchanged(), pytest.raises(FieldError):
        commands.import_file(staff.owner, people, "contact", match=["colour of eyes"])
    with unchanged(), pytest.raises(Missing):
        commands.import_file(staff.owner, people, "nothing")
    with pytest.raises(Unreadable):
        commands.import_file(staff.owner, strange, "contact")


def test_records_are_exported(staff: Staff, people: Path) -> None:
    commands.import_file(staff.owner, people, "contact")

    lines = list(
        commands.export(staff.owner, "contact", filter='last_name = "de Boer"', columns=["last_name"])
    )

    assert [line.rstrip().partition(",")[2] for line in lines] == ["Last name", "de Boer"]


def test_killed_import_goes_on_after_its_last_row(
    staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Last name\n" + "".join(f"Name {n}\n" for n in range(25)))
    monkeypatch.setattr(runs, "CHUNK", 10)

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        commands.import_file(staff.owner, path, "contact", progress=die)
    run = commands.import_file(staff.owner, path, "contact")

    assert (run.created, run.rows, ImportRun.objects.count()) == (25, 25, 1)
    assert records.visible(staff.owner, "contact").count().number == 25
