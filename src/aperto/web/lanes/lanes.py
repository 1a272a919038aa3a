"""The lanes of a window: each with as many records as find room, and the way to the list of all of them.

One statement reads the records that touch the window, one more for each object that the drawn ones point at.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from aperto.kernel.calendar.axis import Axis
from aperto.kernel.calendar.entries import Entry, Lot, between, filled
from aperto.kernel.fields.base import Field
from aperto.kernel.query.ast import Condition, Filter, Group
from aperto.kernel.query.crossing import condition_of
from aperto.kernel.query.grouping import Group as Found
from aperto.kernel.query.grouping import Grouping, arranged, label_of, written
from aperto.web.calendar import build
from aperto.web.lanes.asked import Asked
from aperto.web.lanes.packing import Place, packed
from aperto.web.lanes.window import Window
from aperto.web.lists.addresses import list_of
from aperto.web.lists.listing import Listing

MOST = 40
ROWS, ROWS_ALONE = 8, 24
REACH = timedelta(days=3_660)


@dataclass(frozen=True)
class Lane:
    """`drawn` are those that found room, of `count`; `url` is the list of all, blank where its filter would
    be too long."""

    label: str
    count: int
    drawn: Sequence[tuple[Entry, Place]]
    url: str

    @property
    def rest(self) -> int:
        return self.count - len(self.drawn)

    @property
    def rows(self) -> int:
        return 1 + max((place.row for _entry, place in self.drawn), default=0)


@dataclass(frozen=True)
class Lanes:
    """`more` says that there are records, or lanes, that it does not have."""

    lanes: Sequence[Lane]
    more: bool = False


def read(listing: Listing, asked: Asked, window: Window) -> Lanes:
    lot = build.lot_of(listing.actor, asked.axis, listing.selection, asked.tint.key if asked.tint else "")
    grouping = asked.lanes
    if grouping and grouping.field.key not in lot.shown:
        lot = replace(lot, shown=(*lot.shown, grouping.field.key))
    found = between([replace(lot, reach=REACH)], window.span)
    if grouping is None:
        held = {"": found.entries} if found.entries else {}
        groups = [Found(None, len(found.entries))] if held else []
    else:
        groups, held = _grouped(lot, grouping, found.entries, listing)
    rows = ROWS if grouping else ROWS_ALONE
    lanes = [
        _lane(listing, asked, window, group, held[written(group.value)], rows) for group in groups[:MOST]
    ]
    filled(entry for lane in lanes for entry, _place in lane.drawn)
    return Lanes(lanes, found.more or len(groups) > MOST)


def _grouped(
    lot: Lot, grouping: Grouping, entries: Sequence[Entry], listing: Listing
) -> tuple[list[Found], dict[str, list[Entry]]]:
    """The lanes in the order that readers expect, and the entries of each."""
    reader = next(read for field, read in lot.plan.readers if field.key == grouping.field.key)
    held: dict[str, list[Entry]] = defaultdict(list)
    values: dict[str, Any] = {}
    for entry in entries:
        value = reader(entry.raw)
        value = bool(value) if grouping.field.kind == "boolean" else value
        key = written(value)
        held[key].append(entry)
        values[key] = value if key else None
    made = [Found(value, len(held[key])) for key, value in values.items()]
    return arranged(made, grouping, listing.selection.source), held


def _lane(
    listing: Listing, asked: Asked, window: Window, group: Found, entries: Sequence[Entry], rows: int
) -> Lane:
    ordered = sorted(entries, key=lambda entry: max(window.share(entry.begins), 0.0))
    places = packed([_span(window, entry) for entry in ordered], rows)
    drawn = [(entry, place) for entry, place in zip(ordered, places, strict=True) if place]
    label = label_of(asked.lanes, group.value, listing.actor.viewer) if asked.lanes else ""
    return Lane(label, group.count, drawn, _url(listing, asked, window, group.value))


def _span(window: Window, entry: Entry) -> tuple[float, float]:
    """A day without an end is a point at its noon; days are whole."""
    begin, end = window.share(entry.begins), window.share(entry.ends)
    day = window.day_share if entry.whole_days else 0
    return (begin + day / 2, begin + day / 2) if is_point(entry) else (begin, end + day)


def is_point(entry: Entry) -> bool:
    """What has no length."""
    return entry.ends == entry.begins and (entry.lot.axis.ends is None or not entry.whole_days)


def _url(listing: Listing, asked: Asked, window: Window, value: Any) -> str:
    inside: list[Filter] = list(_touching(asked.axis, window))
    if asked.lanes:
        inside.append(condition_of(asked.lanes, value))
    return list_of(listing, inside)


def _touching(axis: Axis, window: Window) -> Sequence[Filter]:
    """What the records of the window fulfil, as a filter that a reader sees and may change."""
    first, last = window.first.isoformat(), window.last.isoformat()
    within = Condition((axis.begins.key,), "between", (first, last))
    ends: Field | None = axis.ends
    if ends is None or axis.has_length:
        return [within]
    before = Condition((axis.begins.key,), "le", (last,))
    lasting = Group(
        "or", (Condition((axis.begins.key,), "ge", (first,)), Condition((ends.key,), "ge", (first,)))
    )
    return [before, lasting]
