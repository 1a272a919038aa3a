"""Rows of a list: light objects made from the columns that are shown, never model instances.

References are read by key, one query for each object that is pointed at, however many rows there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Relation
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.linked import Linked
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import linked
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.reach import reached, table
from aperto.kernel.query.readable import readable
from aperto.kernel.query.statements import fetch

MOST_PLANS = 1_000
ALWAYS = ("id", "version", "title")

type Reader = Callable[[Sequence[Any]], Any]


@dataclass(slots=True)
class Row:
    """One record of a list: `values` by field key, references as `Ref` with what the actor may see."""

    id: UUID
    version: int
    title: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Which columns of the table are read for the fields that are shown."""

    declaration: ObjectType
    fields: tuple[Field, ...]
    names: tuple[str, ...]  # what `values_list` reads, beginning with ALWAYS
    readers: tuple[tuple[Field, Reader], ...]

    def row(self, raw: Sequence[Any]) -> Row:
        return Row(raw[0], raw[1], raw[2] or "", {field.key: read(raw) for field, read in self.readers})


def reader(field: Field, places: dict[str, int]) -> Reader:
    """How the value of a field is made from a raw row; found once for all rows."""
    if field.stored_elsewhere:
        return lambda raw: None
    if field.stored == "json":
        place = places["custom"]
        return lambda raw: field.from_json_parts(raw[place])
    wanted = [places[name] for name in field.names]
    if len(wanted) == 1:
        [only] = wanted
        return lambda raw: field.join((raw[only],))
    return lambda raw: field.join([raw[place] for place in wanted])


def columns_of(field: Field) -> tuple[str, ...]:
    """What is read of the table for a field."""
    if field.stored_elsewhere:
        return ()
    return ("custom",) if field.stored == "json" else field.names


def chosen(declaration: ObjectType, columns: Sequence[str], actor: Actor) -> dict[str, Field]:
    """The fields of these keys; FieldError for one that cannot be read."""
    known = readable(actor, declaration)
    for key in columns:
        if key not in known:
            words = {"object": declaration.label, "field": key[:60]}
            raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    return {key: known[key] for key in columns}


def plan(declaration: ObjectType, columns: Sequence[str] | None, actor: Actor) -> Plan:
    """The plan for these columns, or for the object's own; FieldError for one that cannot be read."""
    fields = chosen(
        declaration, columns if columns is not None else for_actor(actor, declaration).columns, actor
    )
    return _plan(declaration, tuple(fields.values()))


@lru_cache(MOST_PLANS)
def _plan(declaration: ObjectType, fields: tuple[Field, ...]) -> Plan:
    names = dict.fromkeys(ALWAYS)
    for field in fields:
        names.update(dict.fromkeys(columns_of(field)))
    places = {name: place for place, name in enumerate(names)}
    return Plan(declaration, fields, tuple(names), tuple((field, reader(field, places)) for field in fields))


def read(planned: Plan, raws: Iterable[Sequence[Any]], actor: Actor) -> list[Row]:
    """The rows, with links and references filled in."""
    rows = [planned.row(raw) for raw in raws]
    elsewhere = [field for field in planned.fields if field.stored_elsewhere]
    if elsewhere and rows:
        held = linked_of(actor, planned.declaration, elsewhere, [row.id for row in rows])
        for row in rows:
            for field in elsewhere:
                row.values[field.key] = held.get((row.id, field.key))
    pointing = [field for field in planned.fields if type(field).references is not Field.references]
    if pointing and rows:
        _resolve(pointing, rows, actor)
    return rows


def linked_of(
    actor: Actor, declaration: ObjectType, fields: Sequence[Field], ids: Sequence[UUID]
) -> dict[tuple[UUID, str], list[Ref]]:
    """The same as `links_of`, and what relations with columns link, as far as the actor sees it."""
    derived = [field for field in fields if isinstance(field, Linked)]
    stored = [field for field in fields if field not in derived]
    held = links_of(declaration, stored, ids) if stored else {}
    return held | linked.values(actor, derived, list(ids)) if derived else held


def links_of(
    declaration: ObjectType, fields: Sequence[Field], ids: Sequence[UUID]
) -> dict[tuple[UUID, str], list[Ref]]:
    """Values that stand in the table of links by record and field, by one query; empty ones are left out."""
    kinds = {f"{declaration.key}.{field.place}": field.key for field in fields}
    held: dict[tuple[UUID, str], list[Ref]] = {}
    wanted = ("left", "kind", "right_object", "right", "role")
    links = fetch(
        Relation,
        ("links", *kinds),
        [among_keys("left", ids)],
        lambda given: Relation.objects.filter(*given, kind__in=kinds).order_by("id").values_list(*wanted),
    )
    for left, kind, object_key, right, role in links:
        held.setdefault((left, kinds[kind]), []).append(Ref(object_key, right, role=role))
    return held


def _resolve(fields: Sequence[Field], rows: Sequence[Row], actor: Actor) -> None:
    known = found(actor, [(field, row.values[field.key]) for row in rows for field in fields])
    for row in rows:
        for field in fields:
            if row.values[field.key] is not None:
                row.values[field.key] = field.resolve(row.values[field.key], known)


def found(actor: Actor, values: Iterable[tuple[Field, Any]]) -> dict[UUID, Ref]:
    """What the actor sees of the records that these values point at, by one query for each object."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for field, value in values:
        if value is not None:
            for object_key, id_ in field.references(value):
                wanted[object_key].add(id_)
    known: dict[UUID, Ref] = {}
    for object_key, ids in wanted.items():
        known |= titles(actor, object_key, ids)
    return known


def titles(actor: Actor, object_key: str, ids: Iterable[UUID]) -> dict[UUID, Ref]:
    """What the actor sees of these records: title and hue, by one query. Hidden ones are left out."""
    ids = set(ids)
    if not ids:
        return {}
    if object_key == USER:
        return _users(ids)
    if object_key not in registry:
        return {}
    declaration = registry.get(object_key)
    return refs(declaration, [ALIVE, reached(actor, declaration), among_keys("pk", ids)])


def _users(ids: Iterable[UUID]) -> dict[UUID, Ref]:
    users = fetch(
        User,
        ("names",),
        [among_keys("pk", ids)],
        lambda given: User.objects.filter(*given).order_by().values_list("pk", "name", "email"),
    )
    return {key: Ref(USER, key, name or email) for key, name, email in users}


def refs(declaration: ObjectType, conditions: Sequence[Q]) -> dict[UUID, Ref]:
    """The rows as references, in the hue of each where the object has one, else in that of the object."""
    object_key, hue = declaration.key, declaration.fields.get("hue")
    hued = hue is not None and hue.stored == "column"
    names = ("pk", "title", "hue") if hued else ("pk", "title")
    found = fetch(
        declaration.model,
        ("titles", object_key, hued),
        conditions,
        lambda given: table(declaration).filter(*given).values_list(*names),
    )
    return {
        row[0]: Ref(object_key, row[0], row[1] or "", (hued and row[2]) or declaration.hue) for row in found
    }
