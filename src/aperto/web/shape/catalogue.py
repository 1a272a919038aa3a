"""The objects of the installation as Settings → Objects lists them: shown, hidden and retired."""

from dataclasses import dataclass

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import Row
from aperto.web.lists.page import write_count
from aperto.web.shape import said
from aperto.web.shell import SETTINGS


@dataclass(frozen=True)
class Listed:
    """An object as it is shaped now. `own` was made here; `said` tells whether anything was said of it."""

    key: str
    label: str
    plural: str
    icon: str
    hue: str
    fields: int
    own_fields: int
    records: str
    own: bool
    hidden: bool
    said: bool


@dataclass(frozen=True)
class Gone:
    """An own object that was retired; its records are kept, out of sight."""

    key: str
    plural: str
    icon: str
    hue: str


def listed(actor: Actor) -> list[Listed]:
    spoken = said.of_objects(actor)
    return [of(actor, each, each.key in spoken) for each in registry if is_shaped(each)]


def is_shaped(declaration: ObjectType) -> bool:
    """Whether it is an object of the business; what the product is arranged by stays as it is."""
    plain = registry.declared.get(declaration.key, declaration)
    return plain.group != SETTINGS and not declaration.administered


def of(actor: Actor, declaration: ObjectType, spoken: bool = False) -> Listed:
    own = declaration.key not in registry.declared
    readable = actor.may(declaration, Verb.READ)
    return Listed(
        key=declaration.key,
        label=text_of(declaration.label),
        plural=text_of(declaration.plural),
        icon=declaration.icon,
        hue=declaration.hue,
        fields=len(declaration.fields),
        own_fields=len(declaration.added),
        records=write_count(said.counted(actor, declaration.key), actor.viewer) if readable else "",
        own=own,
        hidden=declaration.group == "",
        said=spoken,
    )


def gone(actor: Actor) -> list[Gone]:
    retired = said.of_objects(actor, retired=True)
    return [_gone(row) for key, row in retired.items() if key not in registry]


def _gone(row: Row) -> Gone:
    told = row.values
    return Gone(told["key"], told["plural"] or row.title, told["icon"] or "box", told["hue"] or "slate")
