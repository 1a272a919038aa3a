"""Who holds a job, who lost it, and what the one who lost it may still do: nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from aperto.kernel import jobs
from aperto.kernel.jobs import outcome, worker
from aperto.kernel.jobs.claim import claim
from aperto.kernel.jobs.context import JobContext
from aperto.kernel.jobs.execute import execute
from aperto.kernel.jobs.lease import Lease
from aperto.kernel.jobs.policy import Policy
from aperto.kernel.jobs.results import result_of, task_of
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db

RULES = Policy()


def hold(name: str = "first") -> Lease:
    job = claim(name, RULES.lease)
    assert job is not None
    return Lease(job, RULES)


def after(**delta: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=False)


def lose(lease: Lease) -> Lease:
    """Time passes, the job is recovered, and another worker claims it."""
    with after(minutes=2):
        assert outcome.recover(RULES) == 1
    jobs.Job.objects.update(run_at=timezone.now())
    return hold("second")


def context_of(lease: Lease) -> JobContext:
    return JobContext(task_result=result_of(lease.job, task_of(lease.job), "default"), lease=lease)


def test_claimed_job_is_nobody_elses() -> None:
    tasks.add.enqueue(1, 2)

    lease = hold()

    assert claim("second", 60) is None
    assert (lease.job.state, lease.job.worker, lease.job.attempts) == (jobs.State.RUNNING, "first", 1)
    assert outcome.recover(RULES) == 0


def test_heartbeat_extends_the_lease() -> None:
    tasks.add.enqueue(1, 2)
    lease = hold()

    with after(seconds=50):
        lease.renew_at = 0
        lease.beat()
    with after(seconds=70):
        assert outcome.recover(RULES) == 0
    with after(seconds=120):
        assert outcome.recover(RULES) == 1


def test_silent_worker_loses_its_job() -> None:
    tasks.add.enqueue(1, 2)
    hold()

    with after(seconds=61):
        assert outcome.recover(RULES) == 1

        job = jobs.Job.objects.get()
        assert (job.state, job.attempts, job.error) == (jobs.State.WAITING, 1, "Worker first fell silent.")
        assert job.run_at > timezone.now()


def test_job_that_kills_its_workers_dies() -> None:
    tasks.add.using(max_attempts=1).enqueue(1, 2)
    hold()

    with after(seconds=61):
        outcome.recover(RULES)

    assert jobs.Job.objects.get().state == jobs.State.DEAD


def test_loser_cannot_write_an_outcome() -> None:
    tasks.add.enqueue(1, 2)
    loser = hold()
    winner = lose(loser)

    execute(loser, heartbeat=False)
    assert not outcome.fail(loser, ValueError())
    assert not outcome.hand_back(loser)

    job = jobs.Job.objects.get()
    assert (job.state, job.lease_token, job.result) == (jobs.State.RUNNING, winner.job.lease_token, None)
    assert outcome.succeed(winner, 3)


def test_loser_hears_of_it() -> None:
    tasks.add.enqueue(1, 2)
    loser = hold()
    lose(loser)

    with pytest.raises(jobs.LeaseLost):
        loser.extend()
    with pytest.raises(jobs.LeaseLost):
        context_of(loser).check_cancelled()


@pytest.mark.django_db(transaction=True)
def test_step_of_a_loser_is_rolled_back(effects: None) -> None:
    tasks.walk.enqueue(1)
    loser = hold()
    winner = lose(loser)

    with pytest.raises(jobs.LeaseLost), jobs.step(context_of(loser), "step 0"):
        tasks.note("step 0")
    execute(winner, heartbeat=False)

    assert tasks.noted() == ["step 0"]
    assert jobs.Job.objects.get().result == 1


def test_silence_is_noticed_without_the_database() -> None:
    tasks.add.enqueue(1, 2)
    lease = hold()

    lease.expires = 0.0

    with pytest.raises(jobs.LeaseLost):
        lease.check()


@pytest.mark.django_db(transaction=True)
def test_failed_step_is_undone_and_done_steps_are_skipped(effects: None) -> None:
    tasks.walk.enqueue(4, fail_at=2)

    worker.run_pending()
    midway = tasks.noted()
    jobs.Job.objects.update(run_at=timezone.now())
    worker.run_pending()

    assert midway == ["step 0", "step 1"]
    assert tasks.noted() == ["step 0", "step 1", "step 2", "step 3"]
    assert jobs.Job.objects.get().result == 2


@pytest.mark.django_db(transaction=True)
def test_step_refuses_a_transaction_that_may_still_fail(effects: None) -> None:
    tasks.walk.enqueue(1)
    context = context_of(hold())

    with pytest.raises(RuntimeError), transaction.atomic(), jobs.step(context, "step 0"):
        tasks.note("step 0")

    assert tasks.noted() == []


def test_cancelled_job_is_not_tried_again_after_a_crash() -> None:
    tasks.add.enqueue(1, 2)
    lease = hold()
    assert jobs.cancel(lease.job)

    with after(seconds=61):
        outcome.recover(RULES)

    assert jobs.Job.objects.get().state == jobs.State.CANCELLED
