"""Groups split by a second grouping, as a chart stacks them, and the filter that says what a group holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref
from aperto.kernel.query import grouping as grouped
from aperto.kernel.query.aggregates import Lane, Wanted, added, by_keys
from aperto.kernel.query.ast import Condition
from aperto.kernel.query.grouping import Group, Grouping, written
from aperto.kernel.query.source import Source

MOST_CELLS = 5_000

type Cells = Mapping[tuple[str, str], Lane]  # by the values of both groupings, written as addresses do


@dataclass(frozen=True)
class Crossed:
    """`across` are the groups of the second grouping, with what all their cells add up to."""

    groups: Sequence[Group]
    across: Sequence[Group]
    cells: Cells


def crossed(source: Source, first: Grouping, second: Grouping, wanted: Wanted) -> Crossed:
    """Both groupings at once. Totals are added up over cells, so that they must be sums."""
    if any(name != "sum" for _key, name in wanted):
        raise FieldError(grouped.UNFIT)
    viewer = source.actor.viewer
    keys = [grouped.key_of(each, viewer) for each in (first, second)]
    shapes = (*grouped.shape_of(first), *grouped.shape_of(second))
    name = ("crossed", *shapes, viewer.zone_name, datetime.now(UTC).year)
    read = by_keys(source, name, keys, wanted, grouped.order_of(first) or "-lane_count", most=MOST_CELLS)
    cells = [(grouped.value_read(first, a), grouped.value_read(second, b), lane) for (a, b), lane in read]
    if len(read) > MOST_CELLS:
        cells = cells[:MOST_CELLS]
        groups = grouped.groups(source, first, wanted).groups
    else:
        groups = grouped.arranged(_added([(a, lane) for a, _b, lane in cells]), first, source)
    across = grouped.arranged(_added([(b, lane) for _a, b, lane in cells]), second, source)
    return Crossed(groups, across, {(written(a), written(b)): lane for a, b, lane in cells})


def _added(cells: Sequence[tuple[Any, Lane]]) -> list[Group]:
    """The cells of each value together, in the order of the first of them."""
    found: dict[Any, Group] = {}
    for value, lane in cells:
        held = found.get(value)
        if held is None:
            found[value] = Group(value, lane.count, lane.totals)
            continue
        totals = {pair: added((held.totals[pair], number)) for pair, number in lane.totals.items()}
        found[value] = Group(value, held.count + lane.count, totals)
    return list(found.values())


def condition_of(grouping: Grouping, value: Any) -> Condition:
    """What the records of a group fulfil, as a filter that a reader sees and may change."""
    path = (grouping.field.key,)
    if value is None:
        return Condition(path, "empty")
    if grouping.unit:
        days = grouped.period(value, grouping.unit)
        return Condition(path, "between", (days.first.isoformat(), days.last.isoformat()))
    if isinstance(value, bool):
        return Condition(path, "is", ("yes" if value else "no",))
    return Condition(path, "is", (str(value.id) if isinstance(value, Ref) else str(value),))
