"""Which days a calendar shows: a month, a week, its working days, a day, or the days to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_interval
from django.utils.translation import gettext_lazy as _

from aperto.kernel.calendar.entries import Span
from aperto.kernel.errors import Message
from aperto.kernel.query.dates import months_later
from aperto.kernel.viewer import Viewer
from aperto.web.calendar.words import day_name, month_name

MONTH, WEEK, WORK_WEEK, DAY, AGENDA = "month", "week", "workweek", "day", "agenda"
MODES: dict[str, tuple[Message, str, str]] = {
    MONTH: (_("Month"), "layout-grid", "m"),
    WEEK: (_("Week"), "layout-columns", "w"),
    WORK_WEEK: (_("Work week"), "briefcase", "k"),
    DAY: (_("Day"), "calendar-event", "d"),
    AGENDA: (_("Agenda"), "list", "a"),
}
AHEAD = 28  # days of an agenda
EARLIEST, LATEST = date(1001, 1, 1), date(9998, 12, 1)
ALL_DAYS = tuple(range(7))


@dataclass(frozen=True)
class Period:
    """`day` is the day in question; `working` are the days of the week on which one works (0 is Monday)."""

    mode: str
    day: date
    viewer: Viewer
    working: Sequence[int] = ()

    @property
    def span(self) -> Span:
        """All days that are read."""
        first, last = self._ends()
        return Span(first, last, self.viewer)

    def _ends(self) -> tuple[date, date]:
        if self.mode == MONTH:
            return self.week_of(self.month_first), self.week_of(self.month_last) + timedelta(days=6)
        if self.mode in (WEEK, WORK_WEEK):
            days = self.days
            return days[0], days[-1]
        return self.day, self.day + timedelta(days=AHEAD - 1 if self.mode == AGENDA else 0)

    @property
    def month_first(self) -> date:
        return self.day.replace(day=1)

    @property
    def month_last(self) -> date:
        return months_later(self.month_first, 1) - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """The days that have a place of their own."""
        if self.mode in (WEEK, WORK_WEEK):
            monday = self.week_of(self.day)
            shown = self.working if self.mode == WORK_WEEK else ALL_DAYS
            week = [monday + timedelta(days=n) for n in range(7)]
            return [day for day in week if day.weekday() in shown] or week
        return self.span.days

    def week_of(self, day: date) -> date:
        """The first day of its week, by the customs of the viewer's country."""
        return day - timedelta(days=(day.weekday() - first_weekday(self.viewer.locale)) % 7)

    def beside(self, step: int) -> date:
        """The day in question of the period before or after."""
        if self.mode == MONTH:
            moved = months_later(self.month_first, step)
        elif self.mode in (WEEK, WORK_WEEK):
            moved = self.day + timedelta(weeks=step)
        else:
            moved = self.day + timedelta(days=step * (AHEAD if self.mode == AGENDA else 1))
        return min(max(moved, EARLIEST), LATEST)

    @property
    def title(self) -> str:
        locale = self.viewer.locale
        if self.mode == MONTH:
            return month_name(self.month_first, locale)
        if self.mode == DAY:
            return day_name(self.day, locale)
        days = self.days
        return format_interval(days[0], days[-1], "yMMMd", locale=locale)


@lru_cache(maxsize=64)
def first_weekday(locale: str) -> int:
    return int(Locale.parse(locale).first_week_day)


def day_of(text: str, viewer: Viewer) -> date:
    """The day of an address, or today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return viewer.now().date()
    return min(max(day, EARLIEST), LATEST)
