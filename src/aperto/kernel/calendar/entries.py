"""What lies between two days: one kept statement for each object, however many entries there are.

Rows stay raw until somebody shows them, because of a full month most are only counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy

from aperto.kernel.calendar.axis import Axis, columns, first_day, last_day
from aperto.kernel.query import rows
from aperto.kernel.query.dates import midnight
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.rows import Plan, Row
from aperto.kernel.query.source import Source
from aperto.kernel.query.statements import Rows, fetch
from aperto.kernel.records import Selection
from aperto.kernel.viewer import Viewer

MOST = 10_000  # of each object: who asks for more gets the first and is told so
REACH = timedelta(days=366)
REACH_OF_LENGTH = timedelta(days=2)


@dataclass(frozen=True)
class Lot:
    """Records of one object, the fields that place them, and what else is read of them. What lasts longer
    than `reach` is not seen after it."""

    axis: Axis
    selection: Selection
    shown: tuple[str, ...] = ()
    reach: timedelta = REACH

    @property
    def plan(self) -> Plan:
        return rows.plan(self.axis.declaration, columns(self.axis, self.shown), self.selection.actor)

    def of(self, owners: Iterable[UUID]) -> "Lot":
        """Those of these people."""
        return replace(self, selection=self.selection.where(among_keys("owner", owners)))


@dataclass(slots=True)
class Entry:
    """`first` and `last` are days of the viewer; `row` is there once it was filled in."""

    lot: Lot
    raw: Sequence[Any]
    begins: Any
    ends: Any
    first: date
    last: date
    row: Row | None = None

    @property
    def whole_days(self) -> bool:
        return self.lot.axis.whole_days

    @property
    def order(self) -> tuple[Any, ...]:
        """Whole days first, then by the clock; what lasts longer before what begins with it."""
        if self.whole_days:
            return (0, self.first, -(self.last - self.first).days, self.raw[0])
        return (1, self.begins, -(self.ends - self.begins).total_seconds(), self.raw[0])


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included, as the viewer has them."""

    first: date
    last: date
    viewer: Viewer

    @property
    def start(self) -> datetime:
        return _midnight(self.first, self.viewer)

    @property
    def end(self) -> datetime:
        """The midnight after it."""
        return _midnight(self.last + timedelta(days=1), self.viewer)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def _midnight(day: date, viewer: Viewer) -> datetime:
    try:
        return midnight(day, viewer)
    except OverflowError:
        return datetime.combine(day, time(), tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """`more` is true where an object has more than was read."""

    entries: list[Entry]
    more: bool = False

    def by_day(self, days: Sequence[date]) -> dict[date, list[Entry]]:
        """Each day with what touches it, in order."""
        held: dict[date, list[Entry]] = defaultdict(list)
        if not days:
            return held
        for entry in self.entries:
            day, last = max(entry.first, days[0]), min(entry.last, days[-1])
            while day <= last:
                held[day].append(entry)
                day += timedelta(days=1)
        return held


def between(lots: Sequence[Lot], span: Span) -> Found:
    """All entries that touch the span, in order."""
    found: list[Entry] = []
    more = False
    for lot in lots:
        raws = _read(lot, span)
        more = more or len(raws) > MOST
        found += _entries(lot, raws[:MOST], span)
    return Found(sorted(found, key=lambda entry: entry.order), more)


def filled(entries: Iterable[Entry]) -> None:
    """Reads what these entries show: references by one statement for each object that is pointed at."""
    by_lot: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.row is None:
            by_lot[id(entry.lot)].append(entry)
    for held in by_lot.values():
        lot = held[0].lot
        read = rows.read(lot.plan, [entry.raw for entry in held], lot.selection.actor)
        for entry, row in zip(held, read, strict=True):
            entry.row = row


def _entries(lot: Lot, raws: Rows, span: Span) -> list[Entry]:
    axis, plan, zone = lot.axis, lot.plan, span.viewer.zone
    readers = {field.key: read for field, read in plan.readers}
    begins_of, ends_of = readers[axis.begins.key], readers[axis.ends.key] if axis.ends else None
    found = []
    for raw in raws:
        begins = begins_of(raw)
        ends = axis.end_of(begins, axis.alike(ends_of(raw), span.viewer) if ends_of else None)
        first = first_day(begins, zone)
        last = first if ends is begins else last_day(begins, ends, zone)
        if last >= span.first:
            found.append(Entry(lot, raw, begins, ends, first, last))
    return found


def _read(lot: Lot, span: Span) -> Rows:
    axis, names = lot.axis, lot.plan.names
    source = lot.selection.where(_touches(axis, span, lot.reach)).source
    order = OrderBy(axis.begins.sql())

    def build(cuts: Sequence[Q]) -> "QuerySet[Any, Any]":
        cut: Source = source.recut(cuts[0], cuts[1], *cuts[2:])
        return cut.rows().order_by(order, "pk").values_list(*names)[: MOST + 1]

    ends = (axis.ends.key, axis.ends.slot) if axis.ends else ()
    name = ("span", axis.declaration.key, axis.begins.key, axis.begins.slot, *ends, names)
    return fetch(source.declaration.model, name, [source.access, source.narrowing, *source.conditions], build)


def _touches(axis: Axis, span: Span, reach: timedelta) -> Q:
    """Begins in the span, or began before and has not ended; the index of the beginning bounds both."""
    begins, ends = axis.begins, axis.ends
    start: Any = span.first if axis.whole_days else span.start
    before = begins.where("le", [span.last]) if axis.whole_days else begins.where("lt", [_stored(span.end)])
    if ends is None:
        return begins.where("ge", [start]) & before
    known = REACH_OF_LENGTH if axis.has_length else reach
    bounded = begins.where("ge", [_earlier(start, known)]) & before
    if axis.has_length:
        return bounded
    lasting = ends.where("ge", [span.first]) if ends.kind == "date" else ends.where("gt", [span.start])
    touching: Q = bounded & (begins.where("ge", [start]) | lasting)
    return touching


def _stored(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _earlier(start: Any, reach: timedelta) -> Any:
    try:
        return start - reach
    except OverflowError:
        return start
