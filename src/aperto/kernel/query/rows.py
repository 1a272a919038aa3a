"""Rows of a list: light objects made from the columns that are shown, never model instances.

References are read by key, one query for each object that is pointed at, however many rows there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Relation
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.reach import reached, table
from aperto.kernel.query.readable import readable
from aperto.kernel.query.statements import fetch

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


def _reader(field: Field, places: dict[str, int]) -> Reader:
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


def plan(declaration: ObjectType, columns: Sequence[str] | None, actor: Actor) -> Plan:
    """The plan for these columns, or for the object's own; FieldError for one that cannot be read."""
    known = readable(actor, declaration)
    chosen = list(dict.fromkeys(columns if columns is not None else declaration.columns))
    for key in chosen:
        if key not in known:
            words = {"object": declaration.label, "field": key[:60]}
            raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    fields = tuple(known[key] for key in chosen)
    names = dict.fromkeys(ALWAYS)
    for field in fields:
        if field.stored == "json":
            names["custom"] = None
        elif not field.stored_elsewhere:
            names.update(dict.fromkeys(field.names))
    places = {name: place for place, name in enumerate(names)}
    return Plan(declaration, fields, tuple(names), tuple((field, _reader(field, places)) for field in fields))


def read(planned: Plan, raws: Iterable[Sequence[Any]], actor: Actor) -> list[Row]:
    """The rows, with links and references filled in."""
    rows = [planned.row(raw) for raw in raws]
    linked = [field for field in planned.fields if field.stored_elsewhere]
    if linked and rows:
        _fill_links(planned.declaration, linked, rows)
    pointing = [field for field in planned.fields if type(field).references is not Field.references]
    if pointing and rows:
        _resolve(pointing, rows, actor)
    return rows


def _fill_links(declaration: ObjectType, fields: Sequence[Field], rows: Sequence[Row]) -> None:
    """Values that stand in the table of links, by one query."""
    kinds = {f"{declaration.key}.{field.key}": field.key for field in fields}
    held: dict[tuple[UUID, str], list[Ref]] = defaultdict(list)
    wanted = ("left", "kind", "right_object", "right", "role")
    links = fetch(
        Relation,
        ("links", *kinds),
        [among_keys("left", [row.id for row in rows])],
        lambda given: Relation.objects.filter(*given, kind__in=kinds).order_by("id").values_list(*wanted),
    )
    for left, kind, object_key, right, role in links:
        held[left, kinds[kind]].append(Ref(object_key, right, role=role))
    for row in rows:
        for field in fields:
            row.values[field.key] = held.get((row.id, field.key)) or None


def _resolve(fields: Sequence[Field], rows: Sequence[Row], actor: Actor) -> None:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        for field in fields:
            value = row.values[field.key]
            if value is not None:
                for object_key, id_ in field.references(value):
                    wanted[object_key].add(id_)
    found: dict[UUID, Ref] = {}
    for object_key, ids in wanted.items():
        found |= titles(actor, object_key, ids)
    for row in rows:
        for field in fields:
            if row.values[field.key] is not None:
                row.values[field.key] = field.resolve(row.values[field.key], found)


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
        ("titles", hued),
        conditions,
        lambda given: table(declaration).filter(*given).values_list(*names),
    )
    return {
        row[0]: Ref(object_key, row[0], row[1] or "", (hued and row[2]) or declaration.hue) for row in found
    }
