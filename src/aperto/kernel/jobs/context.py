"""What a task that `takes_context` gets as its first argument.

Under another backend (Django's immediate one in tests) there is no row behind it: progress goes
nowhere, nobody cancels, and steps are plain transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import router, transaction

from aperto.kernel.jobs.generics import AnyContext, AnyResult
from aperto.kernel.jobs.lease import Lease
from aperto.kernel.jobs.models import Job, JobStep


class JobContext(AnyContext):
    lease: Lease | None

    def __init__(self, *, task_result: AnyResult, lease: Lease | None = None) -> None:
        super().__init__(task_result=task_result)
        object.__setattr__(self, "lease", lease)  # Django's class is frozen

    @property
    def actor_id(self) -> UUID | None:
        """The user who asked for the job."""
        return self.lease.job.actor_id if self.lease else None

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the job is; as cheap as an assignment, the heartbeat writes the latest."""
        if self.lease:
            self.lease.progress = {
                **self.lease.progress,
                "progress_done": max(done, 0),
                "progress_total": total,
                "progress_message": str(message).replace("\x00", "")[:300],
            }

    def keep(self, result: dict[str, Any]) -> None:
        """Say what the job would answer if it ended here: of one that is cancelled, this is its answer."""
        if self.lease:
            self.lease.progress = {**self.lease.progress, "result": result}

    def check_cancelled(self) -> None:
        """Raise `Interrupted` when the job should stop: it was cancelled, lost, or its worker shuts down."""
        if self.lease:
            self.lease.check()


@contextmanager
def step(context: JobContext, key: str) -> Iterator[bool]:
    """One transaction that a restarted job does not repeat: effects and the note that they are done.

        for number, rows in enumerate(batches):
            with jobs.step(context, f"batch {number}") as due:
                if due:
                    write(rows)

    A step that was done before yields False, and whatever the block writes all the same is rolled back.
    The lease is confirmed last, under the same transaction: a worker that lost its job commits nothing.
    Only the database takes part; do mails and files outside, or by jobs enqueued in the step.
    """
    alias = router.db_for_write(Job)
    if context.lease is None:
        with transaction.atomic(using=alias):
            yield True
        return
    context.lease.check()
    with transaction.atomic(using=alias, durable=True):
        _, due = JobStep.objects.get_or_create(job_id=context.lease.job.pk, key=key)
        yield due
        if due:
            context.lease.extend()
        else:
            transaction.set_rollback(True, using=alias)
