"""Where a roll-up reads: the records that point at its own, and the field that it adds up."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from aperto.kernel.access import organisation
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.field_rights import fields_of
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Relation
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.formula import Formula
from aperto.kernel.fields.operators import LOOKUPS
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import conditions
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.engines.expressions import Hexadecimal
from aperto.kernel.query.parse import parse
from aperto.kernel.query.reach import table
from aperto.kernel.viewer import Viewer

type Rows = QuerySet[Any, Any]


def everybody() -> Actor:
    """Who adds up: the product itself, which sees all records, in the organisation's currency."""
    return system("roll-up", Viewer(currency=organisation.current().currency))


def field_of(roll_up: RollUp) -> Field | None:
    """The field that is added up; None for a count, and where there is no such field any more."""
    if not roll_up.added or roll_up.of not in registry:
        return None
    declared = registry.get(roll_up.of).fields.get(roll_up.added)
    if declared is None or not declared.derived:
        return declared
    return (
        declared.seen_by(everybody(), registry.get(roll_up.of)) if type(declared).kind == "formula" else None
    )


def may_know(actor: Actor, roll_up: RollUp) -> bool:
    """Whether the actor may read what is added up: the object, and every field that the total depends on."""
    if roll_up.of not in registry:
        return False
    source = registry.get(roll_up.of)
    known = fields_of(actor, source)
    if not actor.may(source, Verb.READ) or not names(roll_up) <= set(known):
        return False
    added = known.get(roll_up.added)
    return not isinstance(added, Formula) or added.is_open_to(actor, source)


def names(roll_up: RollUp) -> set[str]:
    """Fields of the object that is added up: the pointer here, what is added, and those of the filter."""
    wanted = parse(roll_up.filter)
    named = {each.path[0] for each in conditions(wanted)} if wanted else set()
    return {roll_up.by, roll_up.added or roll_up.by, *named}


def children(roll_up: RollUp) -> Rows:
    """The records that count, whatever they point at."""
    source = registry.get(roll_up.of)
    rows: Rows = table(source).filter(ALIVE)
    wanted = parse(roll_up.filter)
    return rows if wanted is None else rows.filter(compile_filter(wanted, source, everybody()))


def pointer(roll_up: RollUp) -> Field:
    return registry.get(roll_up.of).fields[roll_up.by]


def links(roll_up: RollUp) -> "QuerySet[Relation, Any]":
    return Relation.objects.order_by().filter(kind=f"{roll_up.of}.{pointer(roll_up).place}")


def at_parent(roll_up: RollUp, declaration: ObjectType) -> Rows:
    """The same, of the record outside of a subquery."""
    by, rows = pointer(roll_up), children(roll_up)
    if by.stored_elsewhere:
        return rows.filter(pk__in=links(roll_up).filter(right=OuterRef(OuterRef("pk"))).values("left"))
    if by.stored == "column":
        return rows.filter(Q(**{by.key: OuterRef("pk")}))
    key = Hexadecimal("pk")
    key.set_source_expressions([OuterRef("pk")])
    same: Q = Q(LOOKUPS["exact"](by.sql(), key))
    return rows.filter(same)


def among(roll_up: RollUp, rows: Rows, parents: Sequence[UUID]) -> Rows:
    """Those that point at one of the parents, whose key is then called `rolled_to`."""
    by = pointer(roll_up)
    found: Rows = rows.annotate(rolled_to=by.sql())
    if by.stored == "column":
        return found.filter(Q(**{f"{by.key}__in": parents}))
    keys = [key.hex for key in parents]
    return found.filter(Q(LOOKUPS["in"](by.sql(), keys)))
