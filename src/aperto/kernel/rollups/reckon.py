"""The values of a roll-up for some records, reckoned from scratch by one statement."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Avg, Count, F, Max, Min, OuterRef, Subquery, Sum

from aperto.kernel.access import organisation
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.computed import Computed, settled
from aperto.kernel.fields.money import MoneyValue
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.reach import table
from aperto.kernel.rollups.source import among, at_parent, children, field_of, links, pointer

AGGREGATES: dict[str, type[Aggregate]] = {"sum": Sum, "mean": Avg, "min": Min, "max": Max, "count": Count}

type Values = Mapping[UUID, Any]


def values(roll_up: RollUp, declaration: ObjectType, parents: Sequence[UUID]) -> Values:
    """The value for each of the records that has one; a count is nought for all others."""
    if roll_up.how == "latest":
        return _latest(roll_up, declaration, parents)
    source = field_of(roll_up)
    added = F("pk") if source is None else source.sql(source.total_suffix)
    rows = _linked if pointer(roll_up).stored_elsewhere else _pointing
    found = {_key(key): raw for key, raw in rows(roll_up, added, parents)}
    if source is None:
        return {key: int(found.get(key) or 0) for key in parents}
    return {key: _value(roll_up, source, raw) for key, raw in found.items()}


def _pointing(roll_up: RollUp, added: Any, parents: Sequence[UUID]) -> Any:
    rows = among(roll_up, children(roll_up), parents)
    return (
        rows.values("rolled_to")
        .annotate(rolled_up=AGGREGATES[roll_up.how](added))
        .values_list("rolled_to", "rolled_up")
    )


def _linked(roll_up: RollUp, added: Any, parents: Sequence[UUID]) -> Any:
    """By the table of links, with the value of each record through its key."""
    behind = children(roll_up).filter(pk=OuterRef("left")).annotate(rolled_up=added).values("rolled_up")
    rows = links(roll_up).filter(right__in=parents).annotate(added=Subquery(behind[:1]))
    return (
        rows.values("right")
        .annotate(rolled_up=AGGREGATES[roll_up.how]("added"))
        .values_list("right", "rolled_up")
    )


def _key(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _value(roll_up: RollUp, source: Field, raw: Any) -> Any:
    """What the database answered, as a value of the field that keeps it."""
    found = source.aggregated(roll_up.how, raw)
    if found is None:
        return None
    if type(source).kind == "money":
        return MoneyValue(found, organisation.current().currency, found)
    return roll_up.kept().clean(found)


# -- the latest --------------------------------------------------------------------------------------


def _latest(roll_up: RollUp, declaration: ObjectType, parents: Sequence[UUID]) -> Values:
    """The field of the record that was made last among those that have one: which it is, then its value."""
    source = field_of(roll_up)
    assert source is not None
    filled = at_parent(roll_up, declaration).filter(source.condition("filled", ()))
    newest = Subquery(filled.order_by("-created_at", "-pk").values("pk")[:1])
    rows = table(declaration).filter(among_keys("pk", parents)).annotate(rolled_up=newest)
    chosen = {key: child for key, child in rows.values_list("pk", "rolled_up") if child is not None}
    read = _read(registry.get(roll_up.of), source, list(chosen.values()))
    return {key: read[child] for key, child in chosen.items() if child in read}


def _read(declaration: ObjectType, source: Field, keys: Sequence[UUID]) -> dict[UUID, Any]:
    names = ("custom",) if source.stored == "json" else source.names
    rows = table(declaration).filter(among_keys("pk", keys)).values_list("pk", *names)
    found = {key: _joined(source, parts) for key, *parts in rows}
    return {key: settled(value) for key, value in found.items()} if isinstance(source, Computed) else found


def _joined(source: Field, parts: Sequence[Any]) -> Any:
    return source.from_json_parts(parts[0]) if source.stored == "json" else source.join(parts)
