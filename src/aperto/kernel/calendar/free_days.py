"""National holidays, from the `holidays` library, which knows them by rule and for every year."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from aperto.kernel.calendar.entries import Span

LANGUAGES = {"en": ("en_US", "en_GB", "en"), "nl": ("nl",), "pt": ("pt_PT", "pt_BR", "pt"), "fr": ("fr",)}


def free_days(countries: Iterable[str], span: Span) -> dict[date, str]:
    """The holidays of these countries in the span, by day, in the reader's language where it is known."""
    found: dict[date, str] = {}
    for country in countries:
        for year in range(span.first.year, span.last.year + 1):
            for day, name in of_year(country, year, span.viewer.language).items():
                if span.first <= day <= span.last and name not in found.get(day, ""):
                    found[day] = f"{found[day]}; {name}" if day in found else name
    return found


@lru_cache(maxsize=256)
def of_year(country: str, year: int, language: str) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - start-up time: few processes ever show a calendar

    if country not in countries():
        return {}
    spoken = _spoken(country, language)
    return {
        day: str(name)
        for day, name in holidays.country_holidays(country, years=year, language=spoken).items()
    }


def _spoken(country: str, language: str) -> str | None:
    """The language in which the library says the days; None for the country's own."""
    import holidays  # noqa: PLC0415

    known = holidays.country_holidays(country).supported_languages
    wanted = (*LANGUAGES.get(language, (language,)), *LANGUAGES["en"])
    return next((each for each in wanted if each in known), None)


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The countries whose holidays are known, by their two letters."""
    import holidays  # noqa: PLC0415

    return frozenset(key for key in holidays.list_supported_countries() if len(key) == 2)
