"""What people do with jobs: look, cancel, retry. Who may is decided by the page that calls."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, router, transaction
from django.utils import timezone

from aperto.kernel.jobs.models import Job, State
from aperto.kernel.jobs.wake import work_arrived


def find(actor_id: UUID, states: Iterable[State] = (), task_path: str = "") -> models.QuerySet[Job]:
    """What one user asked for, latest first."""
    return find_all(states, task_path).filter(actor_id=actor_id)


def find_all(states: Iterable[State] = (), task_path: str = "") -> models.QuerySet[Job]:
    """Everybody's jobs and the schedules' own, latest first: for administrators."""
    found = Job.objects.order_by("-id")
    if task_path:
        found = found.filter(task_path=task_path)
    chosen = list(states)
    return found.filter(state__in=chosen) if chosen else found


def cancel(job: Job) -> bool:
    """Stop the job: at once when it waits, at its next check when it runs. False: it had ended."""
    waiting = Job.objects.filter(pk=job.pk, state=State.WAITING)
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    done = waiting.update(state=State.CANCELLED, cancel_requested=True, finished_at=timezone.now())
    done = done or running.update(cancel_requested=True)
    job.refresh_from_db()
    return bool(done)


def retry(job: Job) -> bool:
    """Give a dead letter a fresh set of attempts; steps that were done stay done. False: it is not dead."""
    fresh = {"attempts": 0, "workers": "", "cancel_requested": False, "finished_at": None}
    dead = Job.objects.filter(pk=job.pk, state=State.DEAD)
    done = dead.update(state=State.WAITING, run_at=timezone.now(), **fresh)
    transaction.on_commit(work_arrived.set, using=router.db_for_write(Job))
    job.refresh_from_db()
    return bool(done)
