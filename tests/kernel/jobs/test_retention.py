from datetime import timedelta

import pytest
from django.utils import timezone

from aperto.kernel import jobs
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db


def ended(state: jobs.State, days: int) -> jobs.Job:
    job = jobs.Job.objects.get(pk=tasks.add.enqueue(1, 2).id)
    job.state, job.finished_at = state, timezone.now() - timedelta(days=days)
    job.save()
    return job


def test_old_jobs_are_forgotten_and_others_kept() -> None:
    old = ended(jobs.State.DONE, 31)
    jobs.JobStep.objects.create(job=old, key="step")
    ended(jobs.State.DEAD, 91)
    kept = {ended(jobs.State.DONE, 29), ended(jobs.State.DEAD, 31)}
    kept.add(jobs.Job.objects.get(pk=tasks.add.enqueue(1, 2).id))

    assert jobs.forget_old_jobs.call() == 2
    assert set(jobs.find_all()) == kept
    assert not jobs.JobStep.objects.exists()
