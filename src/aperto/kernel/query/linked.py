"""Links with columns of their own, from the side of a record: which there are, and which fulfil a condition.

The links are cut by access like any rows, so that one with an end that the actor does not see is not there.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.linked import Linked
from aperto.kernel.fields.operators import PRESENCE
from aperto.kernel.formula.keys import Key
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import Condition
from aperto.kernel.query.engines.expressions import opposite
from aperto.kernel.query.reach import alive

if TYPE_CHECKING:
    from aperto.kernel.access.actor import Actor

OPPOSITES = {"is_not": "is", "none_of": "any_of", "not_contains": "contains"}

type Values = dict[tuple[UUID, str], list[Ref]]
type Compile = Callable[..., Q]


def values(actor: "Actor", fields: Iterable[Linked], ids: list[UUID]) -> Values:
    """What each record is linked with, by record and field; without titles."""
    found: Values = {}
    for field in fields:
        [target] = field.to
        rows = _rows(field, actor).filter(linked_end__in=ids).order_by("pk")
        for end, other in rows.values_list("linked_end", "linked_other"):
            if other is not None:
                found.setdefault((end, field.key), []).append(Ref(target, other))
    return found


def condition(field: Linked, asked: Condition, actor: "Actor", compile_: Compile) -> Q:
    """Behind the field stands what the link says, or what the record at its other end says."""
    rest, rows = asked.path[1:], _rows(field, actor)
    if not rest and asked.operator in PRESENCE:
        there = _at(rows)
        return there if asked.operator == "filled" else opposite(there)
    link = registry.get(field.link)
    own = rest and rest[0] in link.fields and rest[0] in link.added and rest[0] not in link.ends
    path = rest if own else (field.other, *rest)
    operator = asked.operator if rest else OPPOSITES.get(asked.operator, asked.operator)
    there = _at(rows.filter(compile_(Condition(path, operator, asked.arguments), link, actor)))
    return there if operator == asked.operator else opposite(there)


def _rows(field: Linked, actor: "Actor") -> "QuerySet[Any, Any]":
    link = registry.get(field.link)
    end, other = (Key(link.fields[key].sql()) for key in (field.end, field.other))
    return alive(actor, link).annotate(linked_end=end, linked_other=other)


def _at(rows: "QuerySet[Any, Any]") -> Q:
    return Q(pk__in=rows.exclude(linked_end=None).values("linked_end"))
