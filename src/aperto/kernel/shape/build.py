"""From a definition to a field: a new one in JSON storage, or a declared one with other words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.titles import keys_of
from aperto.kernel.errors import FieldError
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.fields.select import Choices, Option
from aperto.kernel.fields.setting import labels, spoken
from aperto.kernel.objects.declaration import ObjectType

SEARCHED = 1  # the weight of a custom field in the search


@dataclass(frozen=True)
class FieldDefinition:
    """One row of `custom_field`, as far as the field itself needs it."""

    id: UUID | None
    of_object: str
    key: str
    kind: str
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    helps: Mapping[str, str] = field(default_factory=dict)
    placeholder: str = ""
    required: bool = False
    unique: bool = False
    searchable: bool = False
    hidden: bool = False
    personal: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    shown_when: str = ""
    required_when: str = ""
    readonly_when: str = ""
    position: int = 0
    slot: str = ""


def make(definition: FieldDefinition) -> Field:
    """The field, not yet part of an object; FieldError for settings that do not fit its kind."""
    kind = KINDS.get(definition.kind)
    if kind is None or not kind.addable:
        raise FieldError(_("There is no such kind of field."))
    arguments = chosen(kind, definition.settings)
    default = arguments.pop("default", None)
    made = kind(
        spoken(definition.name, labels(definition.labels)),
        stored="json",
        unique=definition.unique,
        search_weight=SEARCHED if definition.searchable else 0,
        personal=definition.personal,
        match=kind.matching,
        **arguments,
    )
    _say(made, definition)
    made.required = definition.required and not made.derived
    made.default = None if default is None else made.to_json(made.clean(default))
    made.custom, made.slot = True, definition.slot
    return made


def adapt(declared: Field, definition: FieldDefinition) -> Field:
    """The declared field with what the definition says of it. What the code relies on stays: its key and
    kind, that it is required, and its options, which may be called and ordered otherwise."""
    adapted = declared.copy()
    adapted.label = spoken(definition.name or declared.label, labels(definition.labels))
    _say(adapted, definition)
    adapted.required = declared.required or definition.required
    given = chosen(type(declared), definition.settings, partly=True)
    for own in ("minimum", "maximum", "digits", "longest", "pattern"):
        if own in given:
            setattr(adapted, own, given[own])
    if "options" in given and isinstance(choices := getattr(declared, "choices", None), Choices):
        adapted.choices = Choices(_merged(choices.options, given["options"]))  # type: ignore[attr-defined]  # a kind with options
    if given.get("default") is not None:
        adapted.default = adapted.to_json(adapted.clean(given["default"]))
    return adapted


def may_hide(declaration: ObjectType, key: str) -> bool:
    """Whether nothing in the code relies on the field: it is no title, stage or moment, and may be empty."""
    relied = {
        *keys_of(declaration.title),
        *declaration.one_of,
        declaration.path,
        declaration.board,
        declaration.default_sort.lstrip("-"),
    }
    if declaration.activity:
        activity = declaration.activity
        relied |= {activity.moment, activity.done, activity.body, activity.planned, *activity.composer}
    general = declaration.model.fields_of_every_record()
    return key not in relied and key not in general and not declaration.fields[key].required


def _merged(declared: Any, given: tuple[Option, ...]) -> list[Option]:
    """The given ones in their order; a declared one that is not named keeps its place at the end."""
    named = {option.key for option in given}
    listed = [*given, *(option for option in declared if option.key not in named)]
    return [replace(each, order=place) for place, each in enumerate(listed, 1)]


def _say(made: Field, definition: FieldDefinition) -> None:
    made.help = spoken(definition.help or made.help, labels(definition.helps))
    made.placeholder = definition.placeholder or made.placeholder
    made.shown_when = definition.shown_when or made.shown_when
    made.required_when = definition.required_when
    made.readonly_when = definition.readonly_when


def chosen(kind: type[Field], settings: Mapping[str, Any], partly: bool = False) -> dict[str, Any]:
    """The settings as arguments of the kind's constructor, and the default as it was given."""
    known = {each.name: each for each in kind.settings}
    for name in settings:
        if name not in known and name != "default":
            raise FieldError(_("“%(name)s” is no setting of this kind of field.") % {"name": name[:60]})
    arguments = {name: known[name].read(raw) for name, raw in settings.items() if name in known}
    for each in known.values():
        if each.required and each.name not in arguments and not partly:
            raise FieldError(_("“%(name)s” is needed for this kind of field.") % {"name": each.label})
    return arguments | ({"default": settings["default"]} if "default" in settings else {})
