"""A record as its page needs it: the values that may be read, references with their titles, and rights."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.rich_text import RichText
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query import rows
from aperto.kernel.query.readable import readable
from aperto.web.rich import links


@dataclass(frozen=True)
class Shown:
    """`values` by field key, of the fields that the actor may read and nothing else."""

    actor: Actor
    declaration: ObjectType
    id: UUID
    version: int
    title: str
    values: Mapping[str, Any]
    fields: Mapping[str, Field] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"/{self.declaration.key}/{self.id}"

    @property
    def ref(self) -> Ref:
        return Ref(self.declaration.key, self.id, self.title, self.declaration.hue)

    def may(self, verb: Verb) -> bool:
        owner, team = self.values.get("owner"), self.values.get("team")
        return rules.allows(self.actor, self.declaration, verb, owner and owner.id, team and team.id, self.id)

    @cached_property
    def editable(self) -> bool:
        return self.may(Verb.EDIT)

    def html(self, key: str) -> str:
        """Safe HTML of a value where it has room; "" when there is none to show."""
        value = self.values.get(key)
        if value is None or value == []:
            return ""
        html = self.fields[key].display(value, self.actor.viewer)
        return links.shown(self.actor, [html])[0] if self.fields[key].kind == RichText.kind else html

    def record(self) -> Record:
        """The model instance, for verbs that take one."""
        return records.visible(self.actor, self.declaration.key).get(self.id)

    def handle(self) -> Record:
        """What `changes.save` needs to know which record is meant; it reads the row itself."""
        return self.declaration.model(id=self.id)


def shown(actor: Actor, declaration: ObjectType, record: UUID, columns: Iterable[str] | None = None) -> Shown:
    """The record; Missing when there is none for this actor."""
    known = readable(actor, declaration)
    wanted = list(known) if columns is None else [key for key in dict.fromkeys(columns) if key in known]
    wanted = list(dict.fromkeys([*wanted, "owner", "team"]))
    row = next(records.visible(actor, declaration.key).only([record]).iterate(wanted, chunk=1), None)
    if row is None:
        raise Missing(record)
    return Shown(actor, declaration, row.id, row.version, row.title, row.values, known)


def resolved(actor: Actor, fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of these fields, with what they point at as the actor sees it."""
    chosen = list(fields)
    found = resolve(actor, [(each, values.get(each.key)) for each in chosen])
    return {each.key: each.resolve(values.get(each.key), found) for each in chosen}


def resolve(actor: Actor, pairs: Iterable[tuple[Field, Any]]) -> dict[UUID, Ref]:
    """The records that these values point at, as the actor sees them: one query for each object."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for each, value in pairs:
        if value is not None:
            for object_key, id_ in each.references(value):
                wanted[object_key].add(id_)
    found: dict[UUID, Ref] = {}
    for object_key, ids in wanted.items():
        found |= rows.titles(actor, object_key, ids)
    return found
