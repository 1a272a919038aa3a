"""What is still to be done, among activities: few rows, whatever was done before.

Each object has its own table, so the first rows of each are read by one kept statement for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.query.dates import midnight
from aperto.kernel.query.reach import reached, table
from aperto.kernel.query.rows import Row
from aperto.kernel.query.statements import Rows, fetch

CONDITIONS = 4  # of each object: see `_conditions`


@dataclass(frozen=True)
class Due:
    """One activity; `row` holds its moment."""

    declaration: ObjectType
    row: Row


def due(actor: Actor, declarations: Iterable[ObjectType], day: date, limit: int) -> list[list[Due]]:
    """The actor's own open activities until the end of the day, the earliest of each object first: one more
    than the limit where there are more."""
    alike: dict[str, list[ObjectType]] = defaultdict(list)  # a union has columns of one type
    for each in declarations:
        if each.activity and each.activity.done and actor.user_id and actor.may(each, Verb.READ):
            alike[each.fields[each.activity.moment].kind].append(each)
    return [held for group in alike.values() for held in _read(actor, group, day, limit)]


def _read(actor: Actor, group: Sequence[ObjectType], day: date, limit: int) -> list[list[Due]]:
    found: list[list[Due]] = [[] for _each in group]
    for place, key, version, title, moment in sorted(_rows(actor, group, day, limit), key=_order):
        declaration = group[place]
        assert declaration.activity is not None
        row = Row(key, version, title or "", {declaration.activity.moment: moment})
        found[place].append(Due(declaration, row))
    return found


def _order(raw: Sequence[Any]) -> tuple[Any, ...]:
    return raw[4], raw[1]


def _rows(actor: Actor, group: Sequence[ObjectType], day: date, limit: int) -> Rows:
    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        parts = [
            _first(each, place, given[place * CONDITIONS : (place + 1) * CONDITIONS], limit)
            for place, each in enumerate(group)
        ]
        return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]

    conditions = [each for declaration in group for each in _conditions(actor, declaration, day)]
    name = ("due", limit, *(each.model for each in group))
    return fetch(group[0].model, name, conditions, build)


def _conditions(actor: Actor, declaration: ObjectType, day: date) -> list[Q]:
    assert declaration.activity is not None
    moment = declaration.fields[declaration.activity.moment]
    end = midnight(day + timedelta(days=1), actor.viewer)
    until = Q(**{f"{moment.key}__lt": end}) if moment.kind == "datetime" else Q(**{f"{moment.key}__lte": day})
    return [reached(actor, declaration), Q(owner=actor.user_id), undone(declaration), until]


def undone(declaration: ObjectType) -> Q:
    """What nobody has ended; in the words of an index of it (`<object>_open`), which an engine takes for no
    other words."""
    assert declaration.activity is not None
    ending = declaration.fields[declaration.activity.done]
    return ~Q(**{ending.key: True}) if ending.kind == "boolean" else ending.where("empty", ())


def _first(declaration: ObjectType, place: int, conditions: Sequence[Q], limit: int) -> "QuerySet[Any, Any]":
    """The slice stands inside: SQLite takes none in the parts of a union."""
    assert declaration.activity is not None
    moment = declaration.activity.moment
    rows = table(declaration).filter(ALIVE, *conditions).order_by(moment, "pk")
    placed = table(declaration).annotate(place=Value(place, IntegerField()))
    return placed.filter(pk__in=rows.values("pk")[: limit + 1]).values_list(
        "place", "pk", "version", "title", moment
    )
