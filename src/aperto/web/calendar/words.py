"""What days are called, by the customs of a locale. Babel is slow to say it, so it is asked once."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton


@lru_cache(maxsize=4_096)
def day_name(day: date, locale: str) -> str:
    """In full: Tuesday 24 November 2026."""
    return format_skeleton("yMMMMEEEEd", day, locale=locale)


@lru_cache(maxsize=512)
def weekday(number: int, locale: str, width: str = "abbreviated") -> str:
    """0 is Monday."""
    return str(Locale.parse(locale).days["stand-alone"][width][number])


@lru_cache(maxsize=512)
def month_name(first: date, locale: str) -> str:
    return format_skeleton("yMMMM", first, locale=locale)
