"""The loop that enqueues what is due. Two schedulers are as good as one.

A due row is moved on by an update that compares its old time; only who moved it enqueues, in the same
transaction. Runs missed while nothing ran are made up for by one, and a schedule whose last job has not
ended yet is not enqueued again.
"""

import logging
import threading
from datetime import datetime

from django.db import Error, close_old_connections, connections, router, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from aperto.kernel.jobs.cron import SCHEDULES
from aperto.kernel.jobs.models import UNFINISHED, CronRow

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 5.0


def run(stop: threading.Event) -> None:
    """Enqueue what is due until `stop` is set."""
    autodiscover_modules("jobs")
    logger.info("Scheduler starts with %d schedules.", len(SCHEDULES))
    trouble = 1.0
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                sync()
                tick()
                pause, trouble = pause_until_next(), 1.0
            except Error:
                logger.warning("The schedules cannot be read; again in %.0f s.", trouble, exc_info=True)
                pause, trouble = trouble, min(trouble * 2, 30.0)
            stop.wait(pause)
    finally:
        connections.close_all()
    logger.info("Scheduler stopped.")


def sync() -> None:
    """Make rows for new schedules, and pull those near whose interval became shorter."""
    now = timezone.now()
    known = dict(CronRow.objects.values_list("name", "next_run"))
    firsts = {name: schedule.after(now) for name, schedule in SCHEDULES.items()}
    new = [CronRow(name=name, next_run=first) for name, first in firsts.items() if name not in known]
    if new:
        CronRow.objects.bulk_create(new, ignore_conflicts=True)
    for name, first in firsts.items():
        if name in known and known[name] > first:
            CronRow.objects.filter(name=name, next_run=known[name]).update(next_run=first)


def tick() -> int:
    """Enqueue each due schedule once; how many this scheduler enqueued."""
    now = timezone.now()
    due = CronRow.objects.filter(enabled=True, next_run__lte=now, name__in=SCHEDULES)
    return sum(fire(row, now) for row in due.order_by("next_run"))


def fire(row: CronRow, now: datetime) -> bool:
    schedule = SCHEDULES[row.name]
    with transaction.atomic(using=router.db_for_write(CronRow)):
        mine = CronRow.objects.filter(name=row.name, next_run=row.next_run, enabled=True)
        if not mine.update(next_run=schedule.after(now), last_run=now):
            return False
        if CronRow.objects.filter(name=row.name, last_job__state__in=UNFINISHED).exists():
            logger.warning("Schedule %s is skipped: its last job has not ended.", row.name)
            return False
        result = schedule.task.enqueue()
        CronRow.objects.filter(name=row.name).update(last_job_id=result.id)
    return True


def pause_until_next() -> float:
    following = (
        CronRow.objects.filter(enabled=True, name__in=SCHEDULES).order_by("next_run").values_list("next_run")
    )
    first = following.first()
    if first is None:
        return LONGEST_PAUSE
    return min(max((first[0] - timezone.now()).total_seconds(), 0.1), LONGEST_PAUSE)
