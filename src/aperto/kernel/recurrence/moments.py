"""When a rule falls: the one place that asks the library (python-dateutil).

Reckoned on the wall clock of the series' zone, so that ten o'clock stays ten o'clock when summer time begins.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil import rrule

from aperto.kernel.recurrence.rule import Rule

HORIZON = timedelta(days=548)  # how far ahead occurrences are written
MOST = 400  # at once
PERIODS: dict[str, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}


def moments(rule: Rule, start: datetime, zone: str, horizon: datetime) -> Iterator[datetime]:
    """From the start, which counts as the first, up to the horizon; in UTC and in order."""
    place = ZoneInfo(zone)
    local = start.astimezone(place).replace(tzinfo=None)
    end = horizon.astimezone(place).replace(tzinfo=None)
    if rule.until:
        end = min(end, datetime.combine(rule.until, datetime.max.time()))
    found = islice(_local(rule, local, end), rule.count or None)
    return (each.replace(tzinfo=place).astimezone(UTC) for each in found)


def _local(rule: Rule, start: datetime, end: datetime) -> Iterator[datetime]:
    yield start
    for each in _asked(rule, start, end):
        if each > start:
            yield each


def _asked(rule: Rule, start: datetime, end: datetime) -> rrule.rrule:
    days = [rrule.weekday(day, nth or None) for nth, day in rule.days]
    return rrule.rrule(
        PERIODS[rule.period],
        dtstart=start,
        interval=rule.interval,
        until=end,
        byweekday=days or None,
        bymonthday=rule.month_days or None,
        bymonth=rule.months or None,
        bysetpos=rule.place or None,
    )


def first_fit(rule: Rule, start: datetime, zone: str) -> datetime:
    """The first moment of the rule that does not lie before the start."""
    place = ZoneInfo(zone)
    local = start.astimezone(place).replace(tzinfo=None)
    end = local + timedelta(days=366 * 9)
    found = next(iter(_asked(rule, local, end)), local)
    return found.replace(tzinfo=place).astimezone(UTC)


def before(rule: Rule, start: datetime, zone: str, moment: datetime) -> int:
    """How many moments lie before this one: those that a rule with a number of times has used up."""
    return sum(1 for each in moments(rule, start, zone, moment) if each < moment)


def day_of(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def at_clock(day: date, like: datetime, zone: str) -> datetime:
    """The day, at the time of the clock that the other moment has in the zone."""
    place = ZoneInfo(zone)
    clock = like.astimezone(place).timetz().replace(tzinfo=None)
    return datetime.combine(day, clock, place).astimezone(UTC)
