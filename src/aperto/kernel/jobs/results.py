"""A job as Django's `TaskResult`, and the task that a job names."""

from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.base import TaskError
from django.tasks.exceptions import InvalidTask
from django.utils.module_loading import import_string

from aperto.kernel.jobs.generics import AnyResult, AnyTask
from aperto.kernel.jobs.models import Job, State

STATUSES = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
    State.CANCELLED: TaskResultStatus.FAILED,
}


def task_of(job: Job) -> AnyTask:
    """The task as it was enqueued; raises when the code does not know it (any more)."""
    found = import_string(job.task_path)
    if not isinstance(found, Task):
        raise InvalidTask(f"{job.task_path} is not a task.")
    return found.using(priority=job.priority, queue_name=job.queue, run_after=job.run_at)


def result_of(job: Job, task: AnyTask, alias: str) -> AnyResult:
    result: AnyResult = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUSES[State(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=alias,
        errors=[TaskError(exception_class_path=job.error_class, traceback=job.error)] if job.error else [],
        worker_ids=job.worker_ids,
    )
    # Django's own backends set the value of this frozen class in the same way.
    object.__setattr__(result, "_return_value", job.result)
    return result
