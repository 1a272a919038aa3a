"""The database queue behind `django.tasks`.

Enqueuing is an INSERT in the caller's transaction: a job exists if, and only if, the change that asked
for it was committed.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import router, transaction
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.json import normalize_json

from aperto.kernel.jobs.generics import AnyResult, AnyTask
from aperto.kernel.jobs.models import Job
from aperto.kernel.jobs.results import result_of, task_of
from aperto.kernel.jobs.tasks import JobTask
from aperto.kernel.jobs.wake import work_arrived


class KeyInUse(ValueError):
    """The idempotency key belongs to a job of another task."""


class DatabaseBackend(BaseTaskBackend):
    task_class = JobTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: AnyTask, args: Any, kwargs: Any) -> Any:
        """A `TaskResult`; its type parameters, those of the task, cannot be named at run time."""
        self.validate_task(task)
        job, is_new = insert(task, args, kwargs)
        result = result_of(job, task, self.alias)
        if is_new:
            transaction.on_commit(work_arrived.set, using=router.db_for_write(Job))
            task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> AnyResult:
        try:
            job = Job.objects.get(pk=UUID(result_id))
        except (ValueError, Job.DoesNotExist) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return result_of(job, task_of(job), self.alias)


def insert(task: AnyTask, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Job, bool]:
    """The job, and whether it is new: a key that is taken gives the job that took it."""
    wishes = task if isinstance(task, JobTask) else JobTask(func=task.func)
    key = wishes.idempotency_key
    values = {
        "task_path": task.module_path,
        "args": normalize_json(args),
        "kwargs": normalize_json(kwargs),
        "queue": task.queue_name,
        "priority": task.priority,
        "run_at": task.run_after or timezone.now(),
        "label": str(wishes.label)[:300],
        "max_attempts": wishes.max_attempts,
        "actor_id": wishes.actor_id,
    }
    if key is None:
        return Job.objects.create(**values), True
    job, is_new = Job.objects.get_or_create(idempotency_key=key, defaults=values)
    if job.task_path != task.module_path:
        raise KeyInUse(f"{key!r} belongs to {job.task_path}, not to {task.module_path}.")
    return job, is_new
