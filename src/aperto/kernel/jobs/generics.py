"""Names for Django's task classes that both Python and type checkers accept.

The stubs declare them generic; at run time they are not, so they cannot be subscripted there.
"""

from typing import TYPE_CHECKING, Any

from django.tasks import Task, TaskContext, TaskResult

if TYPE_CHECKING:
    AnyTask = Task[..., Any]
    AnyContext = TaskContext[..., Any]
    AnyResult = TaskResult[..., Any]
else:
    AnyTask, AnyContext, AnyResult = Task, TaskContext, TaskResult
