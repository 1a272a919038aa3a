"""The day, week, month, quarter or year that a date or a moment lies in: a value that `first_day` reads.

Moments are told by the clock of the reader's zone. SQLite knows no zones, so it is given the offsets of the
zone from 1970 to ten years from now; moments beyond take the offset of the nearest end.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Expression, F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.query.engines.expressions import Sql

UNITS = ("day", "week", "month", "quarter", "year")
ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
AT_MONTHS = {"month", "quarter", "year"}  # in the middle of a month no zone's clock tells another one
WEEK = 7 * 24 * 3600
MONDAY = 62_135_596_800  # seconds from the first Monday, in the year 1, until 1970
SQLITE = {
    "day": "{day}",
    "week": f"(unixepoch({{day}}) + {MONDAY}) / {WEEK}",  # a number is sorted faster than a text
    "month": "substr({day}, 1, 7) || '-01'",
    "quarter": "substr({day}, 1, 5) || substr('010101040404070707101010', 2 * substr({day}, 6, 2) - 1, 2)"
    " || '-01'",
    "year": "substr({day}, 1, 4) || '-01-01'",
}


class Period(Func):
    """`zone` is blank for dates, which are the same everywhere."""

    output_field = TextField()

    def __init__(self, expression: F | Expression, unit: str, zone: str = "") -> None:
        if unit not in UNITS or (zone and not ZONE.fullmatch(zone)):
            raise ValueError((unit, zone))
        self.unit, self.zone = unit, zone
        super().__init__(expression)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        value, parameters = compiler.compile(self.source_expressions[0])
        is_column = isinstance(self.source_expressions[0].output_field, DateTimeField)
        day = _local_day(value, self.zone, " " if is_column else "T") if self.zone else value
        if self.zone and self.unit not in AT_MONTHS:
            day = f"CASE WHEN {_is_midday(value, self.zone)} THEN substr({value}, 1, 10) ELSE {day} END"
        elif self.zone:
            day = f"CASE WHEN substr({value}, 9, 2) BETWEEN '02' AND '27' THEN {value} ELSE {day} END"
        sql = f"({SQLITE[self.unit].format(day=day)})"
        return sql, tuple(parameters) * sql.count(value) if parameters else ()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        source = self.source_expressions[0]
        value, parameters = compiler.compile(source)
        if isinstance(source.output_field, TextField):  # of JSON; what is no date there counts as absent
            value = f"(CASE WHEN {value} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}' THEN {value} END)"
            parameters = (*parameters, *parameters)
        local = f"({value})::timestamptz AT TIME ZONE '{self.zone}'" if self.zone else f"({value})::timestamp"
        return f"date_trunc('{self.unit}', {local})::date", tuple(parameters)


def first_day(raw: Any) -> date:
    """The first day of a period as an engine tells it."""
    if isinstance(raw, date):
        return raw
    return date.fromordinal(1 + 7 * raw) if isinstance(raw, int) else date.fromisoformat(raw)


def _is_midday(value: str, zone: str) -> str:
    """Whether the hour is one at which it is the same day in the zone as in UTC; most moments are."""
    minutes = [each for _moment, each in offsets(zone, datetime.now(UTC).year)]
    first, last = -(min(0, *minutes) // 60), (24 * 60 - max(0, *minutes)) // 60 - 1
    return f"substr({value}, 12, 2) BETWEEN '{first:02}' AND '{last:02}'"


def _local_day(value: str, zone: str, between: str) -> str:
    """The newest offsets are tried first, as most rows are of the last years."""
    whens = [
        f"WHEN {value} >= '{moment:%Y-%m-%d}{between}{moment:%H:%M:%S}' THEN '{minutes:+d} minutes'"
        for moment, minutes in reversed(offsets(zone, datetime.now(UTC).year))
    ]
    first = whens.pop().rpartition(" THEN ")[2]
    chosen = f"CASE {' '.join(whens)} ELSE {first} END" if whens else first
    return f"date(substr({value}, 1, 19), {chosen})"  # rounded to thousandths, a day's end would be the next


@lru_cache(maxsize=256)
def offsets(zone: str, year: int) -> list[tuple[datetime, int]]:
    """From which moment on the clock of the zone is how many minutes before UTC."""
    clock, hour = ZoneInfo(zone), timedelta(hours=1)
    here, end = datetime(1970, 1, 1, tzinfo=UTC), datetime(year + 10, 1, 1, tzinfo=UTC)
    found = [(here, _minutes(clock, here))]
    while here < end:
        after = here + timedelta(days=7)
        if _minutes(clock, after) != found[-1][1]:
            low, high = here, after
            while high - low > hour / 4:
                middle = low + (high - low) / 2
                low, high = (middle, high) if _minutes(clock, middle) == found[-1][1] else (low, middle)
            found.append((_quarter(high), _minutes(clock, after)))
        here = after
    return found


def _minutes(clock: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(clock).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def _quarter(moment: datetime) -> datetime:
    """Clocks are put on or back at a full quarter of an hour."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
