"""Totals under a list and over the lanes of a board, by statements that are kept.

Where access is by owner or team, an engine that knows no better adds up whole lanes and throws away what the
right does not reach. What adds up is therefore read part by part, each a range of an index (see `disjoint`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.query import engines
from aperto.kernel.query.engines.unindexed import Unindexed
from aperto.kernel.query.pointers import targets
from aperto.kernel.query.reach import disjoint, ranges
from aperto.kernel.query.readable import readable
from aperto.kernel.query.source import Source
from aperto.kernel.query.statements import Rows, fetch

MOST_LANES = 200
ADDING = frozenset({"sum", "filled", "empty"})  # aggregates of a whole that are the sum of those of its parts
REACH = frozenset({"owner", "team"})

type Wanted = Sequence[tuple[str, str]]
type Totals = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Lane:
    count: int
    totals: Totals = field(default_factory=dict)


def totals(source: Source, wanted: Wanted) -> Totals:
    """Values by (field, aggregate)."""
    fields = [_field(source, key) for key, _name in wanted]
    if not wanted:
        return {}
    made = _expressions(fields, wanted)

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        whole = source.recut(*given).rows().annotate(whole=Value(1)).values("whole")
        return whole.annotate(**made).values_list(*made)

    [row] = _fetch(source, ("totals",), fields, wanted, build) or [(None,) * len(wanted)]
    return _read(fields, wanted, row)


def lanes(source: Source, by: str, wanted: Wanted) -> dict[Any, Lane]:
    """By each value of a field that has few: the key of a record, or the value itself."""
    lane = _field(source, by)
    if lane.stored_elsewhere:
        raise FieldError(_("Records cannot be grouped by %(field)s.") % {"field": lane.label or lane.key})
    found = by_key(source, ("lanes", lane), lane.sql(lane.filter_suffix), wanted)
    return {_value(lane, key): each for key, each in found}


def by_key(
    source: Source, name: tuple[Any, ...], key: Any, wanted: Wanted, order: str = "", start: int = 0
) -> list[tuple[Any, Lane]]:
    """By each value of an expression, of which `name` says all that it depends on.

    With an `order` (by "lane" or "lane_count") at most a page of groups after the first `start`; without one
    the groups are known to be few.
    """
    found = by_keys(source, name, [key], wanted, order, start)
    return [(raw, lane) for (raw,), lane in found]


def by_keys(
    source: Source,
    name: tuple[Any, ...],
    keys: Sequence[Any],
    wanted: Wanted,
    order: str = "",
    start: int = 0,
    most: int = MOST_LANES,
) -> list[tuple[tuple[Any, ...], Lane]]:
    """The same by each combination of the values of several expressions."""
    fields = [_field(source, each) for each, _name in wanted]
    made = {"lane_count": Count("pk"), **_expressions(fields, wanted)}
    apart = not order and _adds_up_apart(source, wanted)
    lanes = ["lane", *(f"lane_{n}" for n in range(1, len(keys)))]

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        cut = source.recut(*given)
        if not apart:
            hidden = [Unindexed(key) if source.access else key for key in keys]
            by = dict(zip(lanes, hidden, strict=True))
            grouped: QuerySet[Any, Any] = cut.rows().annotate(**by).values(*lanes).annotate(**made)
            ordered = grouped.order_by(*dict.fromkeys((order or "lane", *lanes)))
            return ordered.values_list(*lanes, *made)[start : start + most + 1]
        by = {lane: Unindexed(key) for lane, key in zip(lanes, keys, strict=True)}
        parts = [cut.rows(part).annotate(**by) for part in disjoint(cut.access)]
        read: list[QuerySet[Any, Any]] = [
            part.values(*lanes).annotate(**made).values_list(*lanes, *made) for part in parts
        ]
        return read[0].union(*read[1:], all=True)[: len(read) * most]

    rows = _fetch(source, (*name, apart, order, start, most), fields, wanted, build)
    joined = _joined(rows, len(keys)).items()
    return [(key, Lane(row[0], _read(fields, wanted, row[1:]))) for key, row in joined]


def _fetch(
    source: Source, name: tuple[Any, ...], fields: Sequence[Field], wanted: Wanted, build: Any
) -> Rows:
    """By the fields themselves, not their keys: what a key means may change."""
    named = (*name, source.deleted, *zip(fields, [each for _key, each in wanted], strict=True))
    return fetch(
        source.declaration.model, named, [source.access, source.narrowing, *source.conditions], build
    )


def _adds_up_apart(source: Source, wanted: Wanted) -> bool:
    """Whether reading part by part is cheaper: not where a condition leads to few rows of its own."""
    if not engines.current().merges_ranges or source.is_narrow or ranges(source.access) < 2:
        return False
    owned = any(REACH & _columns(each) for each in source.conditions)
    return not owned and all(name in ADDING for _key, name in wanted)


def _columns(condition: Q) -> set[str]:
    """The columns that are compared in a condition that holds as a whole."""
    if condition.negated or condition.connector != Q.AND:
        return set()
    found = {child[0].partition("__")[0] for child in condition.children if isinstance(child, tuple)}
    return found.union(*[_columns(child) for child in condition.children if isinstance(child, Q)])


def _joined(rows: Rows, keys: int) -> dict[tuple[Any, ...], Sequence[Any]]:
    """Numbers by lane; a lane that several parts have holds the sum of theirs."""
    found: dict[tuple[Any, ...], Sequence[Any]] = {}
    for row in rows:
        key, numbers = row[:keys], row[keys:]
        held = found.get(key)
        found[key] = numbers if held is None else [added(pair) for pair in zip(held, numbers, strict=True)]
    return found


def added(numbers: Iterable[Any]) -> Any:
    """Their sum; None where there is no number at all, as a database has it."""
    filled = [number for number in numbers if number is not None]
    return sum(filled[1:], start=filled[0]) if filled else None


def _expressions(fields: Sequence[Field], wanted: Wanted) -> dict[str, Any]:
    return {
        f"total_{n}": each.aggregate(name)
        for n, (each, (_key, name)) in enumerate(zip(fields, wanted, strict=True))
    }


def _value(lane: Field, raw: Any) -> Any:
    """The key of a record where the field points at one; a JSON column keeps it as text."""
    return UUID(raw) if targets(lane) and isinstance(raw, str) else raw


def _field(source: Source, key: str) -> Field:
    found = readable(source.actor, source.declaration).get(key)
    if found is None:
        words = {"object": source.declaration.label, "field": key[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    if found.stored_elsewhere:
        raise FieldError(_("%(field)s cannot be added up.") % {"field": found.label or found.key})
    return found


def _read(fields: Sequence[Field], wanted: Wanted, raws: Sequence[Any]) -> Totals:
    return {pair: each.aggregated(pair[1], raw) for each, pair, raw in zip(fields, wanted, raws, strict=True)}
