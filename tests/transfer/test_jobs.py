"""Imports as jobs: progress, stopping, undo, and files that are removed in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from aperto.kernel import jobs
from aperto.kernel.jobs import worker
from aperto.transfer import run as runs
from aperto.transfer import undoing
from aperto.transfer.jobs import remove_old_files
from aperto.transfer.models import ImportFailure, ImportRun
from tests.company import Staff
from tests.transfer.imports import begin, bring_in, counts, text_of, titles

PEOPLE = text_of([["Last name", "E-mail"], *([f"Name {n}", f"n{n}@x.example"] for n in range(30))])


def started(staff: Staff) -> ImportRun:
    run = begin(staff.owner, "contact", PEOPLE)
    run.save()
    runs.start(staff.owner, run)
    return run


def test_job_carries_the_import_out(staff: Staff) -> None:
    run = started(staff)
    runs.start(staff.owner, run)

    worker.run_pending()

    run.refresh_from_db()
    job = jobs.find_all().get(pk=run.job)
    assert (counts(run), run.state) == ({"created": 30}, ImportRun.DONE)
    assert jobs.find_all().count() == 1
    assert (job.progress_done, job.progress_total) == (30, 30)
    assert job.result["counts"]["created"] == 30


def test_stopped_import_keeps_its_chunks_and_its_count(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "CHUNK", 10)
    write = runs.write_chunk

    def stop_after(*given: object) -> object:
        tally = write(*given)  # type: ignore[arg-type]  # handed on
        jobs.cancel(jobs.find_all().get())
        return tally

    monkeypatch.setattr(runs, "write_chunk", stop_after)
    run = started(staff)

    monkeypatch.setattr(jobs.JobContext, "check_cancelled", cancelled_by_row)
    worker.run_pending()

    run.refresh_from_db()
    assert (counts(run), run.state) == ({"created": 10}, ImportRun.STOPPED)


def cancelled_by_row(context: jobs.JobContext) -> None:
    """As the heartbeat would tell it, without waiting for one."""
    if jobs.find_all().filter(cancel_requested=True).exists():
        raise jobs.Cancelled


def test_undo_is_a_job_with_a_sentence(staff: Staff) -> None:
    run = started(staff)
    worker.run_pending()
    run.refresh_from_db()

    assert undoing.start_undo(staff.owner, run)
    assert not undoing.start_undo(staff.owner, run)
    worker.run_pending()

    run.refresh_from_db()
    assert (run.state, run.undone, run.kept) == (ImportRun.UNDONE, 30, 0)
    assert titles(staff.owner, "contact") == []


def test_file_is_private_and_removed_after_a_month(staff: Staff) -> None:
    old = bring_in(staff.owner, "contact", "Last name,E-mail\nBos,no address\n")
    fresh = begin(staff.owner, "contact", PEOPLE)
    path = Path(default_storage.path(old.place))
    assert path.stat().st_mode & 0o077 == 0
    ImportRun.objects.filter(pk=old.pk).update(created_at=datetime.now(UTC) - timedelta(days=31))

    assert remove_old_files.func() == 1

    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (path.exists(), old.place, old.failed) == (False, "", 1)
    assert not ImportFailure.objects.filter(run=old).exists()
    assert default_storage.exists(fresh.place)


def test_refused_file_is_not_kept(staff: Staff) -> None:
    from aperto.transfer.reading import Unreadable

    kept = set(default_storage.listdir("imports")[1]) if default_storage.exists("imports") else set()
    with pytest.raises(Unreadable):
        begin(staff.owner, "contact", "Last name\n")

    assert set(default_storage.listdir("imports")[1]) == kept
