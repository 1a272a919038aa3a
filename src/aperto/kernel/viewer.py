"""For whom a value is read or printed: language, zone, country and currency."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Literal, Self
from zoneinfo import ZoneInfo

type DateOrder = Literal["DMY", "MDY", "YMD"]


@dataclass(frozen=True)
class Viewer:
    """`decimal` and `date_order` are set where they are known for certain (a column of an import);
    otherwise they follow from the language and country."""

    language: str = "en"
    country: str = "NL"
    currency: str = "EUR"
    zone_name: str = "Europe/Amsterdam"
    decimal: Literal[".", ",", ""] = ""
    date_order: DateOrder | None = None

    @cached_property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.zone_name)

    @cached_property
    def locale(self) -> str:
        """Babel's name: the language with the country where CLDR knows the pair, else the language."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - start-up time: Babel loads its data

        try:
            return str(Locale(self.language, self.country))
        except UnknownLocaleError:
            return self.language

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(self.zone)

    def with_format(self, decimal: Literal[".", ",", ""], date_order: DateOrder | None) -> Self:
        return replace(self, decimal=decimal, date_order=date_order)


NEUTRAL = Viewer(language="en", country="", currency="EUR", zone_name="UTC", decimal=".", date_order="YMD")
