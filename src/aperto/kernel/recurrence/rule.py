"""A rule of RFC 5545, read strictly: what is not understood is refused, and none is without measure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PERIODS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
LONGEST = 200
MOST_TIMES = 400
MOST_APART = 99
NTH = re.compile(r"(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)")

type Weekday = tuple[int, int]  # which one of the month (0: each, -1: the last), and the day from Monday


@dataclass(frozen=True)
class Rule:
    """`days` are weekdays, `place` picks one of them in a month, `until` is the last day, with it."""

    period: str
    interval: int = 1
    days: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    place: int = 0
    count: int = 0
    until: date | None = None

    @property
    def written(self) -> str:
        """As RFC 5545 writes it; `read` takes it back."""
        parts = [f"FREQ={self.period}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        parts += [f"COUNT={self.count}"] if self.count else []
        parts += [f"UNTIL={self.until:%Y%m%d}"] if self.until else []
        parts += [f"BYMONTH={_joined(self.months)}"] if self.months else []
        parts += [f"BYMONTHDAY={_joined(self.month_days)}"] if self.month_days else []
        days = [f"{nth or ''}{DAYS[day]}" for nth, day in self.days]
        parts += [f"BYDAY={','.join(days)}"] if days else []
        parts += [f"BYSETPOS={self.place}"] if self.place else []
        return ";".join(parts)

    def completed(self, first: date) -> Self:
        """With the days that its first moment implies, so that it says all by itself."""
        if self.period == "WEEKLY" and not self.days:
            return replace(self, days=((0, first.weekday()),))
        if self.period == "MONTHLY" and not self.days and not self.month_days:
            return replace(self, month_days=(first.day,))
        if self.period == "YEARLY" and not self.days and not self.month_days:
            return replace(self, month_days=(first.day,), months=self.months or (first.month,))
        return self

    def moved(self, old: date, new: date) -> Self:
        """The same rule after one of its days was moved: weekly on Mondays becomes weekly on Tuesdays."""
        if old == new or self.period == "DAILY":
            return self
        if self.period == "WEEKLY":
            days = {new.weekday() if day == old.weekday() else day for _nth, day in self.days}
            return replace(self, days=tuple((0, day) for day in sorted(days)))
        months = (new.month,) if self.months == (old.month,) else self.months
        if self.month_days == (old.day,):
            return replace(self, month_days=(new.day,), months=months)
        if len(self.days) == 1 and self.days[0][0]:
            last = new.day > 28 or self.days[0][0] < 0 and _in_a_week(new).month != new.month
            nth = -1 if last else (new.day - 1) // 7 + 1
            return replace(self, days=((nth, new.weekday()),), months=months)
        return self

    def ended(self, last: date) -> Self:
        return replace(self, count=0, until=last)


def _in_a_week(day: date) -> date:
    return date.fromordinal(day.toordinal() + 7)


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(str(each) for each in numbers)


def read(text: Any) -> Rule:
    """The rule; FieldError says what is wrong with it."""
    if not isinstance(text, str) or len(text) > LONGEST or not text.isascii():
        raise FieldError(_("A rule like FREQ=WEEKLY;BYDAY=MO is expected here."))
    parts = _parts(text.strip().upper().removeprefix("RRULE:").strip(";"))
    values = {READERS[name][0]: READERS[name][1](raw) for name, raw in parts.items() if name in READERS}
    if values.get("period") not in PERIODS:
        raise FieldError(_("A rule repeats daily, weekly, monthly or yearly."))
    rule = Rule(**values)
    _check(rule)
    return rule


def _parts(text: str) -> Mapping[str, str]:
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        name, sign, raw = piece.partition("=")
        if not sign or not raw or name in parts:
            raise FieldError(_("A rule like FREQ=WEEKLY;BYDAY=MO is expected here."))
        if name not in READERS and (name, raw) != ("WKST", "MO"):
            raise FieldError(_("A rule cannot hold %(part)s.") % {"part": name[:20]})
        parts[name] = raw
    return parts


def _check(rule: Rule) -> None:
    numbered = any(nth for nth, _day in rule.days)
    if rule.count and rule.until:
        raise FieldError(_("A rule ends after a number of times or on a day, not both."))
    if numbered and rule.period in ("DAILY", "WEEKLY"):
        raise FieldError(_("Only months and years have a first or a last weekday."))
    if rule.period in ("DAILY", "WEEKLY") and rule.month_days:
        raise FieldError(_("Only months and years have days by number."))
    if rule.place and not (rule.days and rule.period == "MONTHLY" and not numbered):
        raise FieldError(_("BYSETPOS picks one of the weekdays of a month."))
    if rule.months and rule.period != "YEARLY":
        raise FieldError(_("Only a yearly rule names months."))
    if rule.month_days and rule.days:
        raise FieldError(_("A rule names weekdays or days of the month, not both."))
    if rule.period == "YEARLY" and rule.days and not (numbered and rule.months):
        raise FieldError(_("A yearly rule with weekdays names which one, and the month."))


def _number(low: int, high: int) -> Callable[[str], int]:
    def number(raw: str) -> int:
        sign, figures = raw.startswith("-"), raw.removeprefix("-")
        if not figures.isdecimal() or len(figures) > 3:
            raise FieldError(_("A whole number is expected here."))
        value = -int(figures) if sign else int(figures)
        if not low <= value <= high or value == 0:
            words = {"low": low, "high": high}
            raise FieldError(_("A number from %(low)s to %(high)s is expected in the rule.") % words)
        return value

    return number


def _numbers(low: int, high: int) -> Callable[[str], tuple[int, ...]]:
    one = _number(low, high)
    return lambda raw: tuple(sorted({one(each) for each in raw.split(",")}))


def _weekdays(raw: str) -> tuple[Weekday, ...]:
    found = [NTH.fullmatch(each) for each in raw.split(",")]
    if None in found:
        raise FieldError(_("A weekday like MO, or 2TU for the second Tuesday, is expected in the rule."))
    return tuple(sorted({(int(each[1] or 0), DAYS.index(each[2])) for each in found if each}))


def _day(raw: str) -> date:
    for form in ("%Y%m%d", "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"):
        try:
            return datetime.strptime(raw, form).date()
        except ValueError:
            continue
    raise FieldError(_("A day like 20270331 is expected as the end of the rule."))


READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("period", str),
    "INTERVAL": ("interval", _number(1, MOST_APART)),
    "COUNT": ("count", _number(1, MOST_TIMES)),
    "UNTIL": ("until", _day),
    "BYDAY": ("days", _weekdays),
    "BYMONTHDAY": ("month_days", _numbers(-1, 31)),
    "BYMONTH": ("months", _numbers(1, 12)),
    "BYSETPOS": ("place", _number(-1, 4)),
}
