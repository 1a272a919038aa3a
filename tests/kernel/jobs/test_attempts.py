"""One attempt after another: outcomes, retries, dead letters, order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aperto.kernel import jobs
from aperto.kernel.jobs import worker
from aperto.kernel.jobs.claim import claim
from aperto.kernel.jobs.policy import Policy
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db


def only_job() -> jobs.Job:
    return jobs.Job.objects.get()


def test_failure_waits_and_is_tried_again() -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        tasks.break_down.enqueue("no paper")
        worker.run_pending()

        job = only_job()
        assert (job.state, job.attempts, job.lease_token) == (jobs.State.WAITING, 1, None)
        assert "no paper" in job.error
        assert start + timedelta(seconds=3.75) <= job.run_at <= start + timedelta(seconds=6.25)
        assert worker.run_pending() == 0
    with time_machine.travel(start + timedelta(seconds=7), tick=False):
        assert worker.run_pending() == 1


def test_back_off_doubles_up_to_its_limit() -> None:
    rules = Policy(backoff=10, backoff_limit=100)

    waits = [
        [rules.wait_after(attempts).total_seconds() for _ in range(50)] for attempts in (1, 2, 3, 4, 5, 99)
    ]

    for tries, plain in zip(waits, (10, 20, 40, 80, 100, 100), strict=True):
        assert plain * 0.75 <= min(tries) < max(tries) <= plain * 1.25


def die() -> jobs.Job:
    tasks.break_down.enqueue("no paper")
    worker.run_pending()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        worker.run_pending()
    return only_job()


def test_job_out_of_attempts_is_a_dead_letter() -> None:
    job = die()

    assert (job.state, job.attempts) == (jobs.State.DEAD, 2)
    assert job.finished_at is not None
    assert list(jobs.find_all(states=[jobs.State.DEAD])) == [job]


def test_dead_letter_gets_fresh_attempts() -> None:
    job = die()

    assert jobs.retry(job)
    assert (job.state, job.attempts) == (jobs.State.WAITING, 0)
    assert worker.run_pending() == 1
    assert (only_job().state, only_job().attempts) == (jobs.State.WAITING, 1)


def test_retry_leaves_living_jobs_alone() -> None:
    tasks.add.enqueue(1, 2)
    worker.run_pending()

    assert not jobs.retry(only_job())
    assert only_job().state == jobs.State.DONE


@pytest.mark.parametrize("task", [tasks.leave, tasks.answer_unfit])
def test_odd_ends_are_failures(task: "jobs.JobTask[[], object]") -> None:
    task.enqueue()

    worker.run_pending()

    assert only_job().state == jobs.State.DEAD


@pytest.mark.django_db(transaction=True)
def test_answer_that_the_engine_refuses_never_loops() -> None:
    tasks.answer_unstorable.enqueue()

    worker.run_pending()

    assert only_job().state in {jobs.State.DONE, jobs.State.DEAD}


def test_unknown_task_is_a_failure() -> None:
    jobs.Job.objects.create(task_path="tests.kernel.jobs.tasks.gone", max_attempts=1)
    jobs.Job.objects.create(task_path="tests.kernel.jobs.tasks.note", max_attempts=1)

    worker.run_pending()

    assert [job.state for job in jobs.find_all()] == [jobs.State.DEAD, jobs.State.DEAD]


def test_priority_comes_before_age() -> None:
    now = timezone.now()
    order = [
        tasks.add.using(priority=priority, run_after=now - timedelta(minutes=age)).enqueue(priority, age).id
        for priority, age in ((0, 1), (0, 2), (5, 0), (-5, 9))
    ]
    early = tasks.add.using(priority=99, run_after=now + timedelta(minutes=1)).enqueue(0, 0)

    claimed = [str(job.pk) for job in iter(lambda: claim("w", 60), None)]

    assert claimed == [order[2], order[1], order[0], order[3]]
    assert early.id not in claimed


def test_worker_takes_only_its_queues() -> None:
    tasks.add.enqueue(1, 2)
    mail = tasks.add.using(queue_name="mail").enqueue(1, 2)

    claimed = [str(job.pk) for job in iter(lambda: claim("w", 60, ["mail", "fax"]), None)]

    assert claimed == [mail.id]


def test_find_gives_one_users_jobs_latest_first() -> None:
    from uuid import uuid4

    mine, other = uuid4(), uuid4()
    ids = [tasks.add.using(actor_id=actor).enqueue(1, 2).id for actor in (mine, other, mine)]

    assert [str(job.pk) for job in jobs.find(mine)] == [ids[2], ids[0]]
    assert jobs.find_all().count() == 3
    assert jobs.find(mine, task_path="elsewhere").count() == 0


def test_waiting_job_is_cancelled_at_once() -> None:
    tasks.add.enqueue(1, 2)
    job = only_job()

    assert jobs.cancel(job)
    assert job.state == jobs.State.CANCELLED
    assert (worker.run_pending(), jobs.cancel(job)) == (0, False)


def test_progress_is_kept_at_the_end() -> None:
    tasks.count_to.enqueue(3)

    worker.run_pending()

    job = only_job()
    assert (job.progress_done, job.progress_total, job.progress_message) == (3, 3, "3 of 3")
    assert job.result == 3
