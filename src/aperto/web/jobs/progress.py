"""A job as pages show it. What a job answers is its own business, except these keys of its result:
`batch` (its changes can be undone together), `counts` and `reasons` (why some were refused).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel.jobs import Job, State

STATE_HUES = {
    State.WAITING: "slate",
    State.RUNNING: "blue",
    State.DONE: "green",
    State.DEAD: "red",
    State.CANCELLED: "amber",
}


@dataclass(frozen=True)
class Progress:
    id: UUID
    label: str
    state: str
    hue: str
    done: int
    total: int | None
    message: str
    started: datetime
    error: str
    is_open: bool
    is_dead: bool
    stopping: bool
    stopped: bool
    batch: str
    counts: list[tuple[str, int]]
    reasons: list[str]
    changed: bool


def progress_of(job: Job) -> Progress:
    result: dict[str, Any] = job.result if isinstance(job.result, dict) else {}
    state = State(job.state)
    return Progress(
        id=job.pk,
        label=job.label or job.task_path.rpartition(".")[2].replace("_", " "),
        state=str(state.label),
        hue=STATE_HUES[state],
        done=job.progress_done,
        total=job.progress_total,
        message=job.progress_message,
        started=job.started_at or job.created_at,
        error=job.error.strip().rpartition("\n")[2],
        is_open=state in (State.WAITING, State.RUNNING),
        is_dead=state is State.DEAD,
        stopping=job.cancel_requested and state is State.RUNNING,
        stopped=state is State.CANCELLED,
        batch=str(result.get("batch", "")),
        reasons=[str(reason) for reason in result.get("reasons", [])],
        changed=state is State.DONE and any(result.get("counts", {}).values()),
        counts=[(count_label(key), int(number)) for key, number in result.get("counts", {}).items()],
    )


def count_label(key: str) -> str:
    """The words of the counts that jobs give; a job with other ones shows its own."""
    return {
        "created": _("Created"),
        "updated": _("Updated"),
        "skipped": _("Skipped"),
        "failed": _("Failed"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "deleted": _("Deleted"),
        "undone": _("Undone"),
        "kept": _("Kept, because they changed since"),
        "refused": _("Refused"),
    }.get(key, key)
