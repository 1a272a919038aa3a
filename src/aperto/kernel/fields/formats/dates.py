"""Dates as people write them: 31/12/2025, 12/31/2025, 31-12-25, "31 déc. 2025", "Dec 31, 2025"."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.patterns import patterns
from aperto.kernel.folding import fold
from aperto.kernel.viewer import DateOrder, Viewer

EARLIEST = 1000  # four digits, so that text order is time order
LANGUAGES = ("en", "nl", "pt", "fr", "de", "es", "it")
LONGEST = 100  # characters that are looked at as a date
CENTURY = 69  # as POSIX: 69 to 99 are of the last century
ORDERS: dict[DateOrder, str] = {"DMY": "dmy", "MDY": "mdy", "YMD": "ymd"}
FILLERS = {
    "de",
    "del",
    "of",
    "the",
    "le",
    "el",
    "il",
    "den",
    "der",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "o",
    "a",
    "e",
    "º",
}


def write_date(day: date, viewer: Viewer) -> str:
    return patterns(viewer.locale).date(day)


def write_near_date(day: date, viewer: Viewer) -> str:
    return _near(day, viewer.now().date(), viewer.locale)


def day_in_cell(day: date, viewer: Viewer) -> tuple[str, str]:
    """A day by its distance from today, and as a date; both as safe HTML."""
    return _day_in_cell(day, viewer.now().date(), viewer.locale, get_language())


@lru_cache(maxsize=8_192)
def _day_in_cell(day: date, today: date, locale: str, language: str | None) -> tuple[str, str]:
    """Remembered, because a list names the same days on many rows; the words are of the active language."""
    return escape(_near(day, today, locale)), escape(patterns(locale).date(day))


def _near(day: date, today: date, locale: str) -> str:
    """A word up to a week away, then the date, without its year when that is this one."""
    known, distance = patterns(locale), (day - today).days
    if -1 <= distance <= 1:
        return (_("Yesterday"), _("Today"), _("Tomorrow"))[distance + 1]
    if -7 < distance < 7:
        return known.weekday(day)
    return known.date_of_year(day) if day.year == today.year else known.date(day)


def read_date(text: str, viewer: Viewer) -> date:
    if len(text) > LONGEST:
        raise not_a_date(text)
    plain = fold(text).strip(" .,")
    plain = re.sub(r"[t ]+00:00(:00(\.0+)?)?(z|\+00:00)?$", "", plain)  # what spreadsheets add to dates
    year, month, day = numeric(plain, viewer) or worded(plain) or (0, 0, 0)
    if not day:
        raise not_a_date(text)
    return checked(year, month, day, text)


def not_a_date(text: str) -> FieldError:
    return FieldError(_("“%(text)s” is not a date.") % {"text": text.strip()[:60]})


def checked(year: int, month: int, day: int, text: str) -> date:
    if not EARLIEST <= year <= 9999:
        raise FieldError(_("The year must lie between 1000 and 9999."))
    try:
        return date(year, month, day)
    except ValueError:
        raise FieldError(
            _("“%(text)s” does not exist in the calendar.") % {"text": text.strip()[:60]}
        ) from None


def numeric(plain: str, viewer: Viewer) -> tuple[int, int, int] | None:
    """Year, month and day of three groups of figures; a year of four figures in front is never in doubt."""
    compact = re.fullmatch(r"([12]\d{3})([01]\d)([0-3]\d)", plain)
    if compact:
        return int(compact[1]), int(compact[2]), int(compact[3])
    found = re.fullmatch(r"(\d{1,4})\s*([./\- ])\s*(\d{1,2})\s*\2\s*(\d{1,4})", plain)
    if not found:
        return None
    groups = (found[1], found[3], found[4])
    if len(groups[0]) == 4:
        return int(groups[0]), int(groups[1]), int(groups[2])
    if any(len(group) == 3 for group in groups):
        return None
    order = viewer.date_order or order_of(viewer.locale)
    if order == "YMD" and len(groups[2]) == 4:
        order = "DMY"
    return by_order(groups, order, certain=viewer.date_order is not None)


def by_order(groups: tuple[str, str, str], order: DateOrder, certain: bool) -> tuple[int, int, int]:
    """The groups in this order; where the order was only supposed and cannot be, the other one."""
    named = dict(zip(ORDERS[order], groups, strict=True))
    year, month, day = full_year(named["y"]), int(named["m"]), int(named["d"])
    if not certain and month > 12 >= day:
        month, day = day, month
    return year, month, day


def full_year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < CENTURY else 1900)


@lru_cache(maxsize=64)
def order_of(locale: str) -> DateOrder:
    letters = re.sub(r"[^dMy]", "", Locale.parse(locale).date_formats["short"].pattern)
    first = letters[:1]
    return "YMD" if first == "y" else "MDY" if first == "M" else "DMY"


def worded(plain: str) -> tuple[int, int, int] | None:
    """Year, month and day where the month is a word, in any of the known languages."""
    words = [word for word in re.findall(r"[^\W\d_]+|\d+", plain) if word not in FILLERS]
    figures = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit()]
    found = [word for word in names if word in months()]
    if len(found) > 1 and names[0] in weekdays():  # "mar. 3 mars": a Tuesday that looks like a month
        found = found[1:]
    if len(found) != 1 or len(figures) != 2 or any(w not in months() and w not in weekdays() for w in names):
        return None
    day, year = figures if len(figures[0]) <= 2 else figures[::-1]
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    return full_year(year), months()[found[0]], int(day)


def spellings(calendar: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in calendar[context][width].items():
                yield number, fold(name).strip(".").removesuffix("-feira")


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    known: dict[str, int] = {"sept": 9, "maa": 3}
    for language in LANGUAGES:
        for number, name in spellings(Locale(language).months):
            known.setdefault(name, number)
    return known


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    names = {name for language in LANGUAGES for _number, name in spellings(Locale(language).days)}
    return frozenset(names | {"feira"})


def sample_date(n: int) -> date:
    """Days of a few years around 2026, each another."""
    return date(2025, 1, 1) + timedelta(days=(n * 17) % 1461 + 1461 * (n // 1461))
