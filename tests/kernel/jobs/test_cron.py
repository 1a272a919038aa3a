import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from aperto.kernel import jobs
from aperto.kernel.jobs import scheduler, worker
from aperto.kernel.jobs.cron import SCHEDULES, Schedule
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone() -> Iterator[dict[str, Schedule]]:
    """Only the schedules that the test makes."""
    kept = dict(SCHEDULES)
    SCHEDULES.clear()
    yield SCHEDULES
    SCHEDULES.clear()
    SCHEDULES.update(kept)


@pytest.fixture
def due(alone: dict[str, Schedule]) -> jobs.CronRow:
    jobs.every("test.wait", minutes=10)(tasks.wait_briefly)
    scheduler.sync()
    jobs.CronRow.objects.update(next_run=timezone.now() - timedelta(seconds=1))
    return jobs.CronRow.objects.get()


def test_new_schedule_waits_for_its_first_time(alone: dict[str, Schedule]) -> None:
    jobs.every("test.wait", minutes=10)(tasks.wait_briefly)
    start = timezone.now()

    with time_machine.travel(start, tick=False):
        scheduler.sync()
        scheduler.sync()

        assert jobs.CronRow.objects.get().next_run == start + timedelta(minutes=10)
        assert scheduler.tick() == 0


def test_due_schedule_runs_once(due: jobs.CronRow) -> None:
    assert scheduler.tick() == 1
    assert scheduler.tick() == 0

    job = jobs.Job.objects.get()
    row = jobs.CronRow.objects.get()
    assert (job.task_path, row.last_job) == ("tests.kernel.jobs.tasks.wait_briefly", job)
    assert row.last_run is not None
    assert row.next_run > timezone.now() + timedelta(minutes=9)


def test_scheduler_that_comes_late_does_nothing(due: jobs.CronRow) -> None:
    """Both have read the due row; one moved it on."""
    now = timezone.now()

    first = scheduler.fire(due, now)
    worker.run_pending()
    second = scheduler.fire(due, now)

    assert (first, second) == (True, False)
    assert jobs.Job.objects.count() == 1


def test_missed_runs_are_made_up_for_by_one(due: jobs.CronRow) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert scheduler.tick() == 1
        assert scheduler.tick() == 0


def test_schedule_waits_for_its_last_job(due: jobs.CronRow) -> None:
    scheduler.tick()
    jobs.CronRow.objects.update(next_run=timezone.now())
    skipped = scheduler.tick()
    worker.run_pending()
    jobs.CronRow.objects.update(next_run=timezone.now())

    assert (skipped, scheduler.tick()) == (0, 1)


def test_disabled_and_unknown_schedules_stay_quiet(due: jobs.CronRow) -> None:
    jobs.CronRow.objects.update(enabled=False)
    jobs.CronRow.objects.create(name="of an older release", next_run=timezone.now() - timedelta(days=1))

    assert scheduler.tick() == 0
    assert scheduler.pause_until_next() == scheduler.LONGEST_PAUSE


def test_shorter_interval_counts_at_once(due: jobs.CronRow) -> None:
    jobs.CronRow.objects.update(next_run=timezone.now() + timedelta(days=1))

    scheduler.sync()

    assert jobs.CronRow.objects.get().next_run < timezone.now() + timedelta(minutes=11)


def test_daily_time_is_local_in_summer_and_winter(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Amsterdam"
    nightly = Schedule("x", tasks.wait_briefly, at=time(3, 30))

    assert nightly.after(datetime(2026, 1, 10, 2, 0, tzinfo=UTC)) == datetime(2026, 1, 10, 2, 30, tzinfo=UTC)
    assert nightly.after(datetime(2026, 1, 10, 2, 30, tzinfo=UTC)) == datetime(2026, 1, 11, 2, 30, tzinfo=UTC)
    assert nightly.after(datetime(2026, 3, 28, 12, 0, tzinfo=UTC)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_schedule_refuses_nonsense(alone: dict[str, Schedule]) -> None:
    for wrong in ({}, {"minutes": 0}, {"minutes": 5, "at": time(1)}):
        with pytest.raises(ValueError, match="Schedule"):
            jobs.every("test.wrong", **wrong)(tasks.wait_briefly)
    jobs.every("test.twice", minutes=1)(tasks.wait_briefly)
    with pytest.raises(ValueError, match="twice"):
        jobs.every("test.twice", minutes=1)(tasks.leave)


@pytest.mark.django_db(transaction=True)
def test_many_schedulers_at_the_same_moment_enqueue_once(due: jobs.CronRow) -> None:
    crew, barrier, fired = 4, threading.Barrier(4), []

    def schedule() -> None:
        try:
            scheduler.pause_until_next()  # opens the connection, so that all are at the line
            barrier.wait(10)
            fired.append(scheduler.tick())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=schedule) for _ in range(crew)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(fired) == [0, 0, 0, 1]
    assert jobs.Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_scheduler_loops_enqueue_once_and_stop(due: jobs.CronRow, wait_for: Any) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=scheduler.run, args=(stop,)) for _ in range(2)]
    for thread in threads:
        thread.start()

    wait_for(jobs.Job.objects.exists)
    stop.set()
    for thread in threads:
        thread.join(2)

    assert not any(thread.is_alive() for thread in threads)
    assert jobs.Job.objects.count() == 1
