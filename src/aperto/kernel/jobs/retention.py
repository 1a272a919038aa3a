"""Ended jobs are forgotten after a while, or the queue would grow for ever."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel.jobs.cron import every
from aperto.kernel.jobs.models import Job, State
from aperto.kernel.jobs.tasks import task

KEPT = {State.DONE: timedelta(days=30), State.CANCELLED: timedelta(days=30), State.DEAD: timedelta(days=90)}
BATCH = 500


@every("kernel.forget_old_jobs", at=time(3, 10))
@task(label=_("Forget old jobs"))
def forget_old_jobs() -> int:
    """How many were forgotten; their idempotency keys may be used again."""
    return sum(forget(state, age) for state, age in KEPT.items())


def forget(state: State, age: timedelta) -> int:
    """In batches, so that no transaction is long."""
    old = Job.objects.filter(state=state, finished_at__lt=timezone.now() - age)
    count = 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        Job.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count
