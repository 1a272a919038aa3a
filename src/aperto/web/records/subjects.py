"""The first record that each of some activities is about, by a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import links
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.records.reading import resolve


def subjects(actor: Actor, activities: Iterable[tuple[ObjectType, UUID]]) -> dict[UUID, Ref]:
    """By activity, as far as the actor sees the record."""
    first = _first(activities)
    named = resolve(actor, [(field, [ref]) for field, ref in first.values()])
    return {key: named[ref.id] for key, (_field, ref) in first.items() if ref.id in named}


def _first(activities: Iterable[tuple[ObjectType, UUID]]) -> dict[UUID, tuple[Field, Ref]]:
    """The first link of each: one query for each object among them."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    declarations: dict[str, ObjectType] = {}
    for declaration, key in activities:
        declarations[declaration.key] = declaration
        keys[declaration.key].append(key)
    found: dict[UUID, tuple[Field, Ref]] = {}
    for declaration in declarations.values():
        for id_, by_field in links.read(declaration, keys[declaration.key]).items():
            for key_, refs in by_field.items():
                if refs and key_ in declaration.fields:
                    found.setdefault(id_, (declaration.fields[key_], refs[0]))
    return found
