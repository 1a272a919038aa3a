"""Dates and moments of a filter, relative ones too, as ranges in the viewer's zone.

`this month` is a range, and so is a date for a field that holds moments; a comparison uses the end that
it needs: before the range is before its start, after it is after its end.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.viewer import Viewer

OFFSET = re.compile(r"([+-])\s?(\d{1,5})\s?([hdwmqy])", re.IGNORECASE)
RANGE = re.compile(r"(this|last|next)[ _](week|month|quarter|year)")
DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
STEPS = {"last": -1, "this": 0, "next": 1}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "m": 1, "q": 3, "y": 12}
WORDS = (
    "today", "yesterday", "tomorrow", "now", "this week", "last week", "next week", "this month",
    "last month", "next month", "this quarter", "last quarter", "next quarter", "this year", "last year",
    "next year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moments:
    """From `start` up to and without `end`; the same moment twice for a single one."""

    start: datetime
    end: datetime


def relative(text: str, viewer: Viewer) -> Days | Moments | None:
    """What a relative date means to the viewer now; None for other text."""
    words = " ".join(text.lower().split())
    now = viewer.now()
    try:
        if words == "now":
            return Moments(now, now)
        if words in DAYS:
            return one_day(now.date() + timedelta(days=DAYS[words]))
        if found := RANGE.fullmatch(words):
            return _around(now.date(), found[2], STEPS[found[1]])
        if found := OFFSET.fullmatch(words):
            return _offset(now, int(found[1] + found[2]), found[3])
    except (OverflowError, ValueError):
        raise FieldError(_("The year must lie between 1000 and 9999.")) from None
    return None


def one_day(day: date) -> Days:
    return Days(day, day)


def _offset(now: datetime, number: int, unit: str) -> Days | Moments:
    if unit == "h":
        moment = (now.astimezone(UTC) + timedelta(hours=number)).astimezone(now.tzinfo)
        return Moments(moment, moment)
    if unit in MONTHS:
        return one_day(months_later(now.date(), number * MONTHS[unit]))
    return one_day(now.date() + timedelta(days=number * (7 if unit == "w" else 1)))


def _around(today: date, unit: str, step: int) -> Days:
    """The week (from Monday), month, quarter or year that today lies in, or the one before or after it."""
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Days(first, first + timedelta(days=6))
    size = MONTHS[unit]
    first = months_later(today.replace(day=1, month=(today.month - 1) // size * size + 1), step * size)
    return Days(first, months_later(first, size) - timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day of another month, or the last day of a shorter one."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise OverflowError(year)


def moments(days: Days, viewer: Viewer) -> Moments:
    """The days as moments of the viewer's zone: from the first midnight to the one after the last."""
    try:
        return Moments(midnight(days.first, viewer), midnight(days.last + timedelta(days=1), viewer))
    except OverflowError:
        raise FieldError(_("The year must lie between 1000 and 9999.")) from None


def midnight(day: date, viewer: Viewer) -> datetime:
    return datetime.combine(day, time(), tzinfo=viewer.zone).astimezone(UTC)


def days(span: Moments, viewer: Viewer) -> Days:
    return Days(span.start.astimezone(viewer.zone).date(), span.end.astimezone(viewer.zone).date())


def bounds(span: Days | Moments, operator: str) -> list[tuple[str, Any]]:
    """The comparisons (operator, value), all of which hold, that say `operator` of a range."""
    if isinstance(span, Days):
        return {
            "is": [("ge", span.first), ("le", span.last)],
            "lt": [("lt", span.first)],
            "le": [("le", span.last)],
            "gt": [("gt", span.last)],
            "ge": [("ge", span.first)],
        }[operator]
    if span.start == span.end:
        return [(operator, span.start)]
    return {
        "is": [("ge", span.start), ("lt", span.end)],
        "lt": [("lt", span.start)],
        "le": [("lt", span.end)],
        "gt": [("ge", span.end)],
        "ge": [("ge", span.start)],
    }[operator]
