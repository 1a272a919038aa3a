"""Totals under a list and over the lanes of a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.query.pointers import targets
from aperto.kernel.query.readable import readable
from aperto.kernel.query.source import Source

MOST_LANES = 200

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
    expressions = {
        f"total_{n}": each.aggregate(name)
        for n, (each, (_key, name)) in enumerate(zip(fields, wanted, strict=True))
    }
    return _read(fields, wanted, source.rows().aggregate(**expressions))


def lanes(source: Source, by: str, wanted: Wanted) -> dict[Any, Lane]:
    """By each value of a field that has few: the key of a record, or the value itself."""
    lane = _field(source, by)
    if lane.stored_elsewhere:
        raise FieldError(_("Records cannot be grouped by %(field)s.") % {"field": lane.label or lane.key})
    fields = [_field(source, key) for key, _name in wanted]
    expressions = {
        f"total_{n}": each.aggregate(name)
        for n, (each, (_key, name)) in enumerate(zip(fields, wanted, strict=True))
    }
    rows = source.rows().annotate(lane=lane.sql(lane.filter_suffix)).values("lane")
    found = rows.annotate(lane_count=Count("pk"), **expressions).order_by("lane")[: MOST_LANES + 1]
    return {_value(lane, raw["lane"]): Lane(raw["lane_count"], _read(fields, wanted, raw)) for raw in found}


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


def _read(fields: Sequence[Field], wanted: Wanted, raw: Mapping[str, Any]) -> Totals:
    return {
        pair: each.aggregated(pair[1], raw[f"total_{n}"])
        for n, (each, pair) in enumerate(zip(fields, wanted, strict=True))
    }
