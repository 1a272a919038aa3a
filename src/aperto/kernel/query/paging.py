"""Pages by key in any sort: each page begins after the last row of the one before, not at an offset.

Rows with a value under the first key come first, those without one last, read by separate statements:
the order is then that of an index on both engines, whatever each thinks of absent values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual

from aperto.kernel.query.cursor import Position
from aperto.kernel.query.sorting import Key

ID = F("pk")
STAMPS = frozenset({"updated_at", "created_at", "version"})  # every write fills them


@dataclass(frozen=True)
class Phase:
    """One statement of a page: its condition, its order, and which keys are read along with the rows."""

    condition: Q
    order: tuple[Any, ...]


def phases(keys: Sequence[Key], after: Position | None) -> list[Phase]:
    """The statements of a page, in order; each is asked only for what the one before left open."""
    if not keys:
        condition = Q(GreaterThan(ID, after.id)) if after else Q()
        return [Phase(condition, (OrderBy(ID),))]
    found = []
    if after is None or after.values[0] is not None:
        found.append(_filled(keys, after))
    if keys[0].column not in STAMPS:
        found.append(_absent(keys, after if after and after.values[0] is None else None))
    return found


def _filled(keys: Sequence[Key], after: Position | None) -> Phase:
    """Rows that have a value under the first key."""
    first = keys[0]
    order = (OrderBy(first.ordered, descending=first.descending), *_rest(keys))
    present = Q(IsNull(first.present, False))
    return Phase(present if after is None else present & _after(keys, after), order)


def _absent(keys: Sequence[Key], after: Position | None) -> Phase:
    absent = Q(IsNull(keys[0].present, True))
    if after is not None:
        absent &= _beyond(keys, after, 1)
    return Phase(absent, _rest(keys))


def _rest(keys: Sequence[Key]) -> tuple[Any, ...]:
    """The order below the first key: absent values last, and by key in the first key's direction."""
    order: list[Any] = []
    for key in keys[1:]:
        order += [OrderBy(IsNull(key.present, True)), OrderBy(key.ordered, descending=key.descending)]
    return (*order, OrderBy(ID, descending=keys[0].descending))


def _after(keys: Sequence[Key], after: Position) -> Q:
    first, value = keys[0], after.values[0]
    if len(keys) == 1:
        compare = TupleLessThan if first.descending else TupleGreaterThan
        return Q(compare(Tuple(first.expression, ID), (value, after.id)))
    bound = LessThanOrEqual if first.descending else GreaterThanOrEqual
    return Q(bound(first.expression, value)) & _beyond(keys, after, 0)


def _beyond(keys: Sequence[Key], after: Position, start: int) -> Q:
    """Rows after the position by the keys from `start` on: equal up to some key, and beyond in that."""
    steps: list[Q] = []
    equal: list[Q] = []
    for key, value in zip(keys[start:], after.values[start:], strict=True):
        if value is not None:
            steps.append(reduce(and_, equal, _past(key, value)))
        equal.append(_equal(key, value))
    last = (LessThan if keys[0].descending else GreaterThan)(ID, after.id)
    steps.append(reduce(and_, equal, Q(last)))
    return reduce(or_, steps)


def _past(key: Key, value: Any) -> Q:
    beyond = (LessThan if key.descending else GreaterThan)(key.expression, value)
    return Q(beyond) | Q(IsNull(key.present, True))


def _equal(key: Key, value: Any) -> Q:
    return Q(IsNull(key.present, True)) if value is None else Q(Exact(key.expression, value))
