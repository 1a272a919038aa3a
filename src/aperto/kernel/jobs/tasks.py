"""`@jobs.task`: Django's task with what our queue adds to it. Works with every backend."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Concatenate, Literal, overload
from uuid import UUID

from django.tasks import DEFAULT_TASK_QUEUE_NAME, TaskContext, TaskResult
from django.utils.functional import Promise

from aperto.kernel.jobs.context import JobContext
from aperto.kernel.jobs.generics import AnyTask


@dataclass(frozen=True, kw_only=True)
class JobTask[**P, R](AnyTask):
    """
    label: what it does, in words for people.
    max_attempts: how often it is tried before it becomes a dead letter.
    idempotency_key: the second job with this key is the first one.
    actor_id: the user who asks for it.
    """

    label: str | Promise = ""
    max_attempts: int = 5
    idempotency_key: str | None = None
    actor_id: UUID | None = None

    def using(
        self,
        *,
        priority: int | None = None,
        queue_name: str | None = None,
        run_after: datetime | None = None,
        backend: str | None = None,
        label: str | Promise | None = None,
        max_attempts: int | None = None,
        idempotency_key: str | None = None,
        actor_id: UUID | None = None,
    ) -> "JobTask[P, R]":
        given = {
            "priority": priority,
            "queue_name": queue_name,
            "run_after": run_after,
            "backend": backend,
            "label": label,
            "max_attempts": max_attempts,
            "idempotency_key": idempotency_key,
            "actor_id": actor_id,
        }
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return replace(self, **changes)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> "TaskResult[P, R]":
        result: TaskResult[P, R] = super().enqueue(*args, **kwargs)  # type: ignore[assignment]  # erased by AnyTask
        return result

    def call(self, *args: Any, **kwargs: Any) -> R:
        if self.takes_context and isinstance(args[0], TaskContext) and not isinstance(args[0], JobContext):
            args = (JobContext(task_result=args[0].task_result), *args[1:])
        result: R = super().call(*args, **kwargs)
        return result


@overload
def task[**P, R](
    *,
    takes_context: Literal[True],
    label: str | Promise = ...,
    priority: int = ...,
    queue_name: str = ...,
    max_attempts: int = ...,
) -> Callable[[Callable[Concatenate[JobContext, P], R]], JobTask[P, R]]: ...
@overload
def task[**P, R](
    *,
    takes_context: Literal[False] = ...,
    label: str | Promise = ...,
    priority: int = ...,
    queue_name: str = ...,
    max_attempts: int = ...,
) -> Callable[[Callable[P, R]], JobTask[P, R]]: ...
def task(
    *,
    takes_context: bool = False,
    label: str | Promise = "",
    priority: int = 0,
    queue_name: str = DEFAULT_TASK_QUEUE_NAME,
    max_attempts: int = 5,
) -> Callable[[Callable[..., Any]], JobTask[..., Any]]:
    """Make a module-level function a background task; call `.enqueue(…)` on it to have it done."""

    def decorate(function: Callable[..., Any]) -> JobTask[..., Any]:
        return JobTask(
            func=function,
            takes_context=takes_context,
            label=label,
            priority=priority,
            queue_name=queue_name,
            max_attempts=max_attempts,
        )

    return decorate
