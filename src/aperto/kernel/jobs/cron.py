"""Schedules: declared in code beside the task, kept as rows so that they run once among many machines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from aperto.kernel.jobs.tasks import JobTask


@dataclass(frozen=True)
class Schedule:
    """Every `minutes`, or daily `at` a time of the server's zone."""

    name: str
    task: JobTask[..., Any]
    minutes: float | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.at is None):
            raise ValueError(f"Schedule {self.name!r}: give either minutes or at.")
        if self.minutes is not None and self.minutes <= 0:
            raise ValueError(f"Schedule {self.name!r}: minutes must be above 0.")

    def after(self, moment: datetime) -> datetime:
        """The first run later than `moment`."""
        if self.at is None:
            return moment + timedelta(minutes=self.minutes or 0)
        zone = timezone.get_default_timezone()
        local = moment.astimezone(zone)
        run = datetime.combine(local.date(), self.at, zone)
        return run if run > local else datetime.combine(local.date() + timedelta(days=1), self.at, zone)


SCHEDULES: dict[str, Schedule] = {}


def every[**P, R](
    name: str, *, minutes: float | None = None, at: time | None = None
) -> Callable[[JobTask[P, R]], JobTask[P, R]]:
    """Put a task without arguments on a schedule:

        @jobs.every("transfer.purge", at=time(3, 30))
        @jobs.task(label=_("Remove old import files"))
        def purge() -> None: ...

    The module must be called `jobs` in an app, or be imported by one that is.
    """

    def register(task: JobTask[P, R]) -> JobTask[P, R]:
        known = SCHEDULES.get(name)
        if known and known.task.module_path != task.module_path:
            raise ValueError(f"Schedule {name!r} is declared twice.")
        SCHEDULES[name] = Schedule(name, task, minutes, at)
        return task

    return register
