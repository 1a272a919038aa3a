"""The numbers of a chart: what is drawn and what stands in the table behind it are the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.pipelines import stages
from aperto.kernel.query.crossing import Crossed, condition_of
from aperto.kernel.query.grouping import Group as Found
from aperto.kernel.query.grouping import Grouping, label_of, period, written
from aperto.web.charts.asked import Asked
from aperto.web.lists.addresses import list_of
from aperto.web.lists.listing import Listing
from aperto.web.people.looks import HUES

MOST_MARKS = 30
MOST_PERIODS = 60
FAR = 600  # periods
MOST_SERIES = 7
OTHERS = "slate"


@dataclass(frozen=True)
class Part:
    """A number and where the records behind it are listed; `value` is None where there is none."""

    value: Decimal | None
    text: str
    url: str = ""


@dataclass(frozen=True)
class Mark:
    """A group: its number, and where it is split that of each series. `hue` is its own colour, if any."""

    label: str
    whole: Part
    parts: Sequence[Part] = ()
    hue: str = ""
    first: Any = None


@dataclass(frozen=True)
class Series:
    label: str
    hue: str


@dataclass(frozen=True)
class Figures:
    """`drawn` are the marks of the picture, in the same order as `marks`, which the table shows; `more` says
    that there are groups which neither has."""

    asked: Asked
    marks: Sequence[Mark]
    drawn: Sequence[Mark]
    series: Sequence[Series] = ()
    more: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.marks


def read(listing: Listing, asked: Asked) -> Figures:
    """By one statement; by two where there are very many groups of two kinds."""
    by = replace(asked.by, descending=True) if asked.by.unit else asked.by
    crossed, more = None, False
    if asked.split:
        crossed = listing.selection.crossed(by, asked.split, asked.wanted)
        found = list(crossed.groups)
    else:
        groups = listing.selection.groups(by, asked.wanted)
        found, more = list(groups.groups), groups.next is not None
    if asked.by.unit:
        found = _in_time(found, asked)
    if crossed and len(found) > (room := MOST_PERIODS if asked.by.unit else MOST_MARKS):
        found, more = _fewer(found, asked, room), True
    teller = Teller(listing, asked)
    across = _shown_series(crossed, asked) if crossed else []
    marks = [teller.mark(group, crossed, across) for group in found]
    return Figures(asked, marks, _drawn(marks, asked), teller.series(across, crossed), more)


def _fewer(found: Sequence[Found], asked: Asked, room: int) -> list[Found]:
    """Of a split chart also the table would be too wide and too long: the newest periods, or the greatest."""
    if asked.by.unit:
        return list(found[-room:])
    return greatest(found, lambda group: _number(group, asked), room)


def greatest[T](found: Sequence[T], number: Callable[[T], Decimal | None], room: int) -> list[T]:
    """Those of the greatest numbers, in the order that all of them stand in; of equals the first."""
    ranked = sorted(range(len(found)), key=lambda place: number(found[place]) or Decimal(0), reverse=True)
    return [found[place] for place in sorted(ranked[:room])]


def _in_time(found: Sequence[Found], asked: Asked) -> list[Found]:
    """The oldest first, those without a date last; what is drawn with the periods that nothing lies in."""
    filled: list[Found] = []
    for group in (each for each in found if each.value is not None):  # the newest first
        if filled and len(filled) < MOST_PERIODS:
            between = _between(group.value, filled[-1].value, asked.by.unit)
            empty = [Found(first, 0, dict.fromkeys(asked.wanted)) for first in reversed(between)]
            filled += empty[: MOST_PERIODS - len(filled)]
        filled.append(group)
    return [*reversed(filled), *(each for each in found if each.value is None)]


def _between(older: Any, newer: Any, unit: str) -> list[Any]:
    """The periods between two; none where they are so far apart that one of them may be a slip of the pen."""
    found: list[Any] = []
    first = _after(older, unit)
    while first < newer:
        if len(found) >= FAR:
            return []
        found.append(first)
        first = _after(first, unit)
    return found


def _after(first: Any, unit: str) -> Any:
    return period(first, unit).last + timedelta(days=1)


def _drawn(marks: Sequence[Mark], asked: Asked) -> Sequence[Mark]:
    """As many as there is room for: the newest periods, or the greatest numbers in their order."""
    if asked.by.unit:
        dated = [mark for mark in marks if mark.first is not None]
        return dated[-MOST_PERIODS:]
    if len(marks) <= MOST_MARKS:
        return marks
    return greatest(marks, lambda mark: mark.whole.value, MOST_MARKS)


def _shown_series(crossed: Crossed, asked: Asked) -> list[Found]:
    """Those of the greatest numbers, in their order; the others become one."""
    known = list(crossed.across)
    if len(known) <= MOST_SERIES + 1:
        return known
    return greatest(known, lambda group: _number(group, asked), MOST_SERIES)


def _number(held: Any, asked: Asked) -> Decimal | None:
    """The number of a group or a cell; a sum of nothing is nothing."""
    if asked.measure is None:
        return Decimal(held.count)
    field, name = asked.measure
    raw = held.totals.get((field.key, name))
    if raw is None:
        return Decimal(0) if name == "sum" else None
    return Decimal(str(raw))


class Teller:
    """Says the numbers in words and links each to the list behind it."""

    def __init__(self, listing: Listing, asked: Asked) -> None:
        self.listing, self.asked, self.viewer = listing, asked, listing.actor.viewer
        self.hues = _hues(asked.by, listing)

    def text(self, value: Decimal | None) -> str:
        if value is None:
            return "–"
        if self.asked.measure is None:
            return write_number(int(value), self.viewer)
        field, name = self.asked.measure
        plain = int(value) if value == value.to_integral_value() else value
        return field.aggregate_text(name, plain, self.viewer)

    def part(self, value: Decimal | None, *groups: tuple[Grouping, Any]) -> Part:
        return Part(value, self.text(value), self.url(*groups) if groups else "")

    def url(self, *groups: tuple[Grouping, Any]) -> str:
        """The list of what a number counts; none where its filter would be too long."""
        inside = [condition_of(grouping, value) for grouping, value in groups]
        return list_of(self.listing, inside)

    def mark(self, group: Found, crossed: Crossed | None, across: Sequence[Found]) -> Mark:
        by = self.asked.by
        whole = self.part(_number(group, self.asked), (by, group.value))
        if not group.count:
            whole = replace(whole, url="")
        parts = self.parts(group, crossed, across) if crossed else ()
        label = label_of(by, group.value, self.viewer)
        return Mark(label, whole, parts, self.hues.get(written(group.value), ""), group.value)

    def parts(self, group: Found, crossed: Crossed, across: Sequence[Found]) -> list[Part]:
        split, key = self.asked.split, written(group.value)
        assert split is not None
        found = []
        for each in across:
            cell = crossed.cells.get((key, written(each.value)))
            within = ((self.asked.by, group.value), (split, each.value)) if cell else ()
            found.append(self.part(_number(cell, self.asked) if cell else Decimal(0), *within))
        if len(across) < len(crossed.across):
            rest = (_number(group, self.asked) or Decimal(0)) - sum(part.value or 0 for part in found)
            found.append(self.part(Decimal(rest)))
        return found

    def series(self, across: Sequence[Found], crossed: Crossed | None) -> list[Series]:
        if crossed is None or self.asked.split is None:
            return []
        own = _hues(self.asked.split, self.listing)
        own = own if len(set(own.values())) >= len(across) else {}
        made = [
            Series(label_of(self.asked.split, each.value, self.viewer), own.get(written(each.value)) or hue)
            for each, hue in zip(across, (*HUES, OTHERS), strict=False)
        ]
        return made + ([Series(_("Others"), OTHERS)] if len(across) < len(crossed.across) else [])


def _hues(grouping: Grouping, listing: Listing) -> dict[str, str]:
    """The colours that stages and options have of their own."""
    if grouping.field.kind == "stage":
        return {
            written(Ref("stage", step.id)): step.hue for step in stages.of_object(listing.declaration.key)
        }
    return {option.key: option.hue for option in getattr(grouping.field, "options", ())}
