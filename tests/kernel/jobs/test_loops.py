"""The worker's loop with real threads and real transactions."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from aperto.kernel import jobs
from aperto.kernel.jobs import worker
from tests.kernel.jobs import tasks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]

type Wait = Callable[[Callable[[], object]], None]


@contextmanager
def working(workers: int = 1, concurrency: int = 1) -> Iterator[None]:
    """Workers that run during the block, and must be gone two seconds after it."""
    stop = threading.Event()
    crew = [threading.Thread(target=worker.run, args=(stop, concurrency)) for _ in range(workers)]
    for thread in crew:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        begin = time.monotonic()
        for thread in crew:
            thread.join(5)
        assert time.monotonic() - begin < 2


def ended(count: int) -> Callable[[], bool]:
    return lambda: jobs.find_all().exclude(state__in=jobs.UNFINISHED).count() == count


def running() -> bool:
    return jobs.find_all(states=[jobs.State.RUNNING]).exists()


def test_workers_share_the_queue_without_doubling(effects: None, wait_for: Wait) -> None:
    for number in range(40):
        tasks.write_note.enqueue(f"{number:02}")

    with working(workers=2, concurrency=2):
        wait_for(ended(40))

    assert tasks.noted() == [f"{number:02}" for number in range(40)]
    assert {job.state for job in jobs.find_all()} == {jobs.State.DONE}
    assert {job.attempts for job in jobs.find_all()} == {1}


def test_job_longer_than_its_lease_keeps_it(wait_for: Wait) -> None:
    tasks.sleep_deaf.enqueue(3.0)

    with working():
        wait_for(ended(1))

    job = jobs.Job.objects.get()
    assert (job.state, job.attempts) == (jobs.State.DONE, 1)


def test_progress_is_seen_and_running_job_is_cancelled(wait_for: Wait) -> None:
    tasks.count_slowly.enqueue()

    with working():
        wait_for(lambda: jobs.Job.objects.filter(progress_done__gt=5, progress_total=3000).exists())
        assert jobs.cancel(jobs.Job.objects.get())
        wait_for(ended(1))

    assert jobs.Job.objects.get().state == jobs.State.CANCELLED


@pytest.mark.parametrize("deaf", [False, True])
def test_stopping_worker_hands_its_job_back(deaf: bool, wait_for: Wait) -> None:
    before = threading.active_count()  # other tests of this process may have left some
    tasks.sleep_deaf.enqueue(4.0) if deaf else tasks.count_slowly.enqueue()

    with working():
        wait_for(running)

    job = jobs.Job.objects.get()
    assert (job.state, job.attempts, job.lease_token) == (jobs.State.WAITING, 0, None)
    wait_for(lambda: threading.active_count() <= before)
    assert jobs.Job.objects.get().state == jobs.State.WAITING


def test_worker_survives_trouble_with_the_database(wait_for: Wait) -> None:
    with working():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_job RENAME TO kernel_job_away")
            time.sleep(0.3)
            cursor.execute("ALTER TABLE kernel_job_away RENAME TO kernel_job")
        tasks.add.enqueue(1, 2)
        wait_for(ended(1))

    assert jobs.Job.objects.get().result == 3


def test_enqueuing_wakes_a_worker_of_the_same_process(wait_for: Wait) -> None:
    with working():
        time.sleep(0.5)
        tasks.add.enqueue(1, 2)
        wait_for(ended(1))

    job = jobs.Job.objects.get()
    assert job.started_at is not None
    assert (job.started_at - job.created_at).total_seconds() < 0.5
