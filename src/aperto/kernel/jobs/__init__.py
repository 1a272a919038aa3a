"""Background work and schedules, behind the `django.tasks` interface.

    from aperto.kernel import jobs

    @jobs.task(takes_context=True, label=_("Import contacts"), max_attempts=3)
    def import_contacts(context: jobs.JobContext, file_id: str) -> int:
        for number, rows in enumerate(batches(file_id)):
            with jobs.step(context, f"batch {number}") as due:   # once, whatever happens
                if due:
                    write(rows)
            context.progress(number, total)
            context.check_cancelled()
        return total

    result = import_contacts.using(actor_id=user.pk, idempotency_key=f"import {file_id}").enqueue(file_id)

A job is done at least once; what it does inside `step` takes effect exactly once. Arguments and answers
are JSON: hand over ids, fetch in the job. `worker.run` and `scheduler.run` (modules of this package) are
the loops; tests call `worker.run_pending()`.
"""

from aperto.kernel.jobs.context import JobContext, step
from aperto.kernel.jobs.control import cancel, find, find_all, retry
from aperto.kernel.jobs.cron import every
from aperto.kernel.jobs.interruptions import Cancelled, Interrupted, LeaseLost, Stopping
from aperto.kernel.jobs.models import UNFINISHED, CronRow, Job, JobStep, State
from aperto.kernel.jobs.retention import forget_old_jobs
from aperto.kernel.jobs.tasks import JobTask, task

__all__ = [
    "UNFINISHED",
    "Cancelled",
    "CronRow",
    "Interrupted",
    "Job",
    "JobContext",
    "JobStep",
    "JobTask",
    "LeaseLost",
    "State",
    "Stopping",
    "cancel",
    "every",
    "find",
    "find_all",
    "forget_old_jobs",
    "retry",
    "step",
    "task",
]
