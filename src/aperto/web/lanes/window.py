"""Which days a timeline shows: a week, a month, a quarter or a year; and where a moment lies among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from babel.dates import format_interval, format_skeleton
from django.utils.translation import gettext_lazy as _

from aperto.kernel.calendar.entries import Span
from aperto.kernel.errors import Message
from aperto.kernel.query.dates import months_later
from aperto.kernel.viewer import Viewer
from aperto.web.calendar.period import EARLIEST, LATEST, first_weekday
from aperto.web.calendar.words import month_name

WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
ZOOMS: dict[str, tuple[Message, str, str]] = {
    WEEK: (_("Week"), "layout-columns", "w"),
    MONTH: (_("Month"), "layout-grid", "m"),
    QUARTER: (_("Quarter"), "calendar-stats", "q"),
    YEAR: (_("Year"), "calendar", "y"),
}
DAY = timedelta(days=1)
MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
LABELS = {WEEK: "MMMEd", MONTH: "MMMd", QUARTER: "MMMd", YEAR: "MMM"}


@dataclass(frozen=True)
class Window:
    """`day` is the day in question, which lies in it."""

    zoom: str
    day: date
    viewer: Viewer

    @cached_property
    def first(self) -> date:
        if self.zoom == WEEK:
            return self.day - timedelta(days=(self.day.weekday() - first_weekday(self.viewer.locale)) % 7)
        size = MONTHS[self.zoom]
        return self.day.replace(day=1, month=(self.day.month - 1) // size * size + 1)

    @cached_property
    def last(self) -> date:
        following = self.first + timedelta(weeks=1) if self.zoom == WEEK else self._later(1)
        return following - timedelta(days=1)

    def _later(self, step: int) -> date:
        return months_later(self.first, step * MONTHS[self.zoom])

    @property
    def span(self) -> Span:
        return Span(self.first, self.last, self.viewer)

    def beside(self, step: int) -> date:
        """The day in question of the window before or after."""
        moved = self.day + timedelta(weeks=step) if self.zoom == WEEK else self._later(step)
        return min(max(moved, EARLIEST), LATEST)

    @property
    def title(self) -> str:
        locale = self.viewer.locale
        if self.zoom == YEAR:
            return str(self.first.year)
        if self.zoom == QUARTER:
            return str(format_skeleton("yQQQQ", self.first, locale=locale))
        if self.zoom == MONTH:
            return month_name(self.first, locale)
        return str(format_interval(self.first, self.last, "yMMMd", locale=locale))

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Where days, weeks or months begin, and what they are called."""
        day = self.first
        while day <= self.last:
            label = format_skeleton(LABELS[self.zoom], day, locale=self.viewer.locale)
            yield self.share(day), str(label)
            day = self._after(day)

    def _after(self, day: date) -> date:
        if self.zoom == YEAR:
            return months_later(day, 1)
        if self.zoom == WEEK:
            return day + timedelta(days=1)
        step = 7 if self.zoom == MONTH else 14
        to_monday = (first_weekday(self.viewer.locale) - day.weekday()) % 7
        return day + timedelta(days=to_monday or step)

    def share(self, moment: Any) -> float:
        """How far along the window a day begins or a moment lies, from 0 to 1 if it is within."""
        if not isinstance(moment, datetime):
            return float((moment - self.first).days * self.day_share)
        here = moment.astimezone(self.viewer.zone).replace(tzinfo=None)
        return float((here - self._start) / DAY * self.day_share)

    @cached_property
    def _start(self) -> datetime:
        return datetime.combine(self.first, time())

    @cached_property
    def day_share(self) -> float:
        """How much of the window a day is."""
        return 1 / ((self.last - self.first).days + 1)
