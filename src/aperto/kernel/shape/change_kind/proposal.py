"""What is asked: which field becomes what. Made and judged before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.kernel.records import visible
from aperto.kernel.shape import held
from aperto.kernel.shape.build import FieldDefinition, make
from aperto.kernel.shape.change_kind import options
from aperto.kernel.shape.change_kind.ways import INSTANT, targets

DEFINITION = "custom_field"
SWITCHED = ("kind", "settings", "slot", "unique")  # what the definition says of its kind
LONGEST_PLACE = 36  # so that the number and the names of parts find room behind it
CARRIED = ("options", "to")  # settings that mean the same in both kinds


@dataclass(frozen=True)
class Proposal:
    """`before` and `after` are what the definition says and would say; `row` is the definition."""

    row: Any
    declaration: ObjectType
    old: Field
    new: Field
    before: FieldDefinition
    after: FieldDefinition

    @property
    def instant(self) -> bool:
        """Whether the values stand already as the new kind keeps them."""
        return (self.old.kind, self.new.kind) in INSTANT


def field_of(declaration: ObjectType, definition: FieldDefinition) -> Field:
    made = make(definition)
    made.adopt(declaration.model, definition.key)
    return made


def propose(
    actor: Actor, object_key: str, key: str, kind: str, settings: Mapping[str, Any] | None = None
) -> Proposal:
    """Invalid for a kind or settings that do not fit; Missing for what is no field of an administrator's."""
    row, declaration, before = _present(actor, object_key, key)
    if key in declaration.ends:
        raise Invalid({"kind": [_("A relation needs this field as it is.")]})
    if kind not in targets(before.kind):
        raise Invalid({"kind": [_("A field of this kind cannot become one of that kind.")]})
    old = declaration.added[key]
    try:
        said = _settings(declaration, before, old, kind, settings or {})
        slot = before.slot if (old.kind, kind) in INSTANT else _free(object_key, before)
        unique = before.unique and (old.kind, kind) in INSTANT
        after = replace(before, kind=kind, settings=said, slot=slot, unique=unique)
        new = field_of(declaration, after)
    except FieldError as error:
        raise Invalid({"settings": [error.message]}) from None
    except (TypeError, ValueError):
        raise Invalid({"settings": [_("These settings do not fit the kind of field.")]}) from None
    return Proposal(row, declaration, old, new, before, after)


def _present(actor: Actor, object_key: str, key: str) -> tuple[Any, ObjectType, FieldDefinition]:
    declared = registry.get(DEFINITION)
    if not actor.may(declared, Verb.EDIT):
        raise Refused(Verb.EDIT)
    declaration = registry.get(object_key)
    fields = declared.fields
    same = fields["of_object"].where("is", [object_key]) & fields["key"].where("is", [key])
    found = visible(actor, DEFINITION).where(same).ids(1)
    if not found or key not in declaration.added or key not in readable(actor, declaration):
        raise Missing(key)
    row = visible(actor, DEFINITION).get(found[0])
    values = {name: fields[name].get(row) for name in held.names(FieldDefinition) if name != "id"}
    return row, declaration, held.definition(FieldDefinition, {"id": row.pk} | values)


def _settings(
    declaration: ObjectType, before: FieldDefinition, old: Field, kind: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Those that are given, and of those that the new kind needs what the old one had."""
    needed = {each.name for each in KINDS[kind].settings if each.required}
    carried = {name: before.settings[name] for name in CARRIED if name in needed & before.settings.keys()}
    said = {**carried, **given}
    if "options" in needed and not said.get("options"):
        said["options"] = options.found(declaration, old, several=kind == "multi_select")
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _free(object_key: str, before: FieldDefinition) -> str:
    """A name under which no value of this object ever stood."""
    rows = held.rows().filter(of_object=object_key)
    taken = {each for pair in rows.values_list("key", "slot") for each in pair if each}
    return next(place for place in _places(before.key) if place not in taken)


def _places(key: str) -> Iterable[str]:
    return (f"{key[:LONGEST_PLACE].rstrip('_')}__v{number}" for number in range(2, 10_000))
