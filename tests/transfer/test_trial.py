"""A trial says what the import would say, and leaves nothing behind but its report."""

import pytest

from aperto.kernel import changes
from aperto.kernel.jobs import Job, worker
from aperto.transfer import run as runs
from aperto.transfer import trial
from aperto.transfer.choices import Mode
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import digests, unchanged
from tests.transfer.imports import begin, existing, reasons
from tests.transfer.test_beside import DEALS

PEOPLE = """First name,Last name,Company,E-mail
Ana,Silva,New Ltd,ANA@acme.example
Bram,Bos,New Ltd,no address
Bram,Bos,,bos@x.example
Bo,Bos,Other,bos@x.example
"""


@pytest.mark.parametrize(("object_key", "text"), [("contact", PEOPLE), ("deal", DEALS)])
def test_trial_and_import_say_the_same(object_key: str, text: str, staff: Staff) -> None:
    existing(staff)
    run = begin(staff.owner, object_key, text, mode=Mode.UPDATE)
    run.save()

    with unchanged():
        said = trial.tried(staff.owner, run)
    runs.carry_out_here(staff.owner, run, lambda done, total: None)

    assert {name: said[name] for name in trial.NUMBERS} == {
        name: getattr(run, name) for name in trial.NUMBERS
    }
    assert {each["number"]: each["reasons"] for each in said["failures"]} == reasons(run)
    assert said["created"] and sum(said[name] for name in runs.COUNTS) == 4


def test_job_of_a_trial_leaves_its_report_alone(staff: Staff) -> None:
    run = begin(staff.owner, "contact", PEOPLE)
    run.save()
    trial.start_trial(staff.owner, run)
    before = digests()

    worker.run_pending()

    after = digests()
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"transfer_import_run", Job._meta.db_table, "kernel_job_step"}
    run.refresh_from_db()
    assert (run.state, run.created, run.trial["created"]) == (ImportRun.DRAFT, 0, 2)


def test_report_of_another_mapping_is_void(staff: Staff) -> None:
    run = begin(staff.owner, "contact", PEOPLE)
    run.save()
    trial.start_trial(staff.owner, run)
    ImportRun.objects.update(trial={})

    worker.run_pending()

    run.refresh_from_db()
    assert run.trial == {}


def test_many_rows_are_not_tried(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MOST", 3)
    run = begin(staff.owner, "contact", PEOPLE)
    changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    run.save()

    with unchanged(), pytest.raises(Unreadable, match="at most 3 rows"):
        trial.start_trial(staff.owner, run)
