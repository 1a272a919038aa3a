"""Babel's date patterns compiled to `str.format` templates, so that a list cell costs a microsecond."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from babel import Locale
from babel.dates import tokenize_pattern

type Names = Sequence[str]


@dataclass(frozen=True)
class Pattern:
    template: str
    months: Names
    short_months: Names
    days: Names
    short_days: Names
    halves: Names  # before and after noon

    def of_date(self, day: datetime.date) -> str:
        month, weekday = day.month - 1, day.weekday()
        return self.template.format(
            d=day.day,
            m=day.month,
            y=day.year,
            yy=day.year % 100,
            month=self.months[month],
            short_month=self.short_months[month],
            day=self.days[weekday],
            short_day=self.short_days[weekday],
        )

    def of_time(self, moment: datetime.time | datetime.datetime) -> str:
        hour = moment.hour
        return self.template.format(
            H=hour,
            h=hour % 12 or 12,
            K=hour % 12,
            M=moment.minute,
            S=moment.second,
            half=self.halves[hour >= 12],
        )


FIELDS: dict[str, str] = {
    "d": "{d}", "dd": "{d:02}", "M": "{m}", "MM": "{m:02}", "L": "{m}", "LL": "{m:02}",
    "MMM": "{short_month}", "LLL": "{short_month}", "MMMM": "{month}", "LLLL": "{month}",
    "y": "{y}", "yyyy": "{y:04}", "yy": "{yy:02}",
    "E": "{short_day}", "EE": "{short_day}", "EEE": "{short_day}", "EEEE": "{day}",
    "ccc": "{short_day}", "cccc": "{day}",
    "H": "{H}", "HH": "{H:02}", "h": "{h}", "hh": "{h:02}", "K": "{K}", "KK": "{K:02}",
    "m": "{M}", "mm": "{M:02}", "s": "{S}", "ss": "{S:02}",
    "a": "{half}", "b": "{half}", "B": "{half}",
}  # fmt: skip


def compiled(pattern: str, babel: Locale) -> Pattern:
    pieces = []
    for kind, token in tokenize_pattern(pattern):
        if kind == "chars":
            pieces.append(str(token).replace("{", "{{").replace("}", "}}"))
        else:
            letter, count = cast("tuple[str, int]", token)
            pieces.append(FIELDS.get(letter * count, ""))
    months, days = babel.months["format"], babel.days["format"]
    return Pattern(
        "".join(pieces).strip(),
        [months["wide"][number] for number in range(1, 13)],
        [months["abbreviated"][number] for number in range(1, 13)],
        [days["wide"][number] for number in range(7)],
        [days["abbreviated"][number] for number in range(7)],
        halves(babel),
    )


def halves(babel: Locale) -> Names:
    periods = babel.day_periods["format"]
    for width in ("abbreviated", "wide"):
        names = periods.get(width, {})
        if "am" in names:
            return [names["am"], names["pm"]]
    return ["AM", "PM"]


@dataclass(frozen=True)
class Patterns:
    """The patterns of one locale."""

    date: Callable[[datetime.date], str]
    date_of_year: Callable[[datetime.date], str]  # without the year
    weekday: Callable[[datetime.date], str]  # with the day of the week, without the year
    time: Callable[[Any], str]
    time_with_seconds: Callable[[Any], str]
    joined: str  # "{1}, {0}": date and time


@lru_cache(maxsize=64)
def patterns(locale: str) -> Patterns:
    babel = Locale.parse(locale)

    def skeleton(name: str, otherwise: str) -> Callable[[datetime.date], str]:
        found = babel.datetime_skeletons.get(name)
        return compiled(found.pattern if found else otherwise, babel).of_date

    return Patterns(
        compiled(babel.date_formats["medium"].pattern, babel).of_date,
        skeleton("MMMd", "d MMM"),
        skeleton("MMMEd", "E d MMM"),
        compiled(babel.time_formats["short"].pattern, babel).of_time,
        compiled(babel.time_formats["medium"].pattern, babel).of_time,
        str(babel.datetime_formats["medium"]).replace("'", ""),
    )
