"""What serves the needs: what is hidden where nobody has a need, and shown again where somebody has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.layouts import modules
from aperto.kernel.layouts.related import key_of, keys_of
from aperto.kernel.needs.catalogue import FIELD, MODULE, OBJECT, Need, needs
from aperto.kernel.needs.definitions import MUST, NICE, NOT
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import visible
from aperto.kernel.shape.build import may_hide

PANEL = "panel"
MANY = 1_000
type Priorities = Mapping[str, str]  # by need


@dataclass(frozen=True)
class Effect:
    """One part of the product that gets out of sight, or comes back: `key` is that of the module or object,
    "contact.birthday" of a field, "contact/file.about" of a panel beside a record."""

    kind: str
    key: str
    hide: bool
    label: str


@dataclass
class Present:
    """What is hidden now."""

    actor: Actor

    @cached_property
    def said_of_objects(self) -> dict[str, bool]:
        """By key, of those of which something was said."""
        rows = visible(self.actor, "custom_object").iterate(["key", "hidden"], chunk=MANY)
        return {row.values["key"]: bool(row.values["hidden"]) for row in rows}

    @cached_property
    def said_of_fields(self) -> dict[str, bool]:
        rows = visible(self.actor, "custom_field").iterate(["of_object", "key", "hidden"], chunk=MANY)
        return {f"{row.values['of_object']}.{row.values['key']}": bool(row.values["hidden"]) for row in rows}

    def is_hidden(self, kind: str, key: str) -> bool:
        held = {
            MODULE: dict.fromkeys(modules.off(), True),
            OBJECT: self.said_of_objects,
            FIELD: self.said_of_fields,
        }
        return held[kind].get(key, False)


def effects(actor: Actor, priorities: Priorities) -> list[Effect]:
    """What differs from what is so now. A need without an answer changes nothing."""
    present = Present(actor)
    found = []
    for kind, key in _targets():
        wanted = _wanted([priorities.get(need.key) for need in needs().values() if key in need.serving(kind)])
        if wanted is None or present.is_hidden(kind, key) is not wanted:
            continue
        found.append(Effect(kind, key, not wanted, _label(kind, key)))
    return [*found, *_panels(found)]


def brings(priorities: Priorities) -> list[str]:
    """The packs that fit."""
    return [each.pack for key, each in needs().items() if each.pack and priorities.get(key) in (MUST, NICE)]


def _wanted(said: Iterable[str | None]) -> bool | None:
    """None as long as somebody could still want it."""
    answers = list(said)
    if MUST in answers or NICE in answers:
        return True
    return False if answers and all(each == NOT for each in answers) else None


def _targets() -> Iterator[tuple[str, str]]:
    """Each once; what this installation does not have, or cannot hide, is left out."""
    for kind in (MODULE, OBJECT, FIELD):
        for key in dict.fromkeys(key for need in needs().values() for key in need.serving(kind)):
            if _is_there(kind, key):
                yield kind, key


def _is_there(kind: str, key: str) -> bool:
    if kind == MODULE:
        return key in modules.modules()
    object_key, _dot, field_key = key.partition(".")
    declaration = registry.declared.get(object_key)
    if kind == OBJECT or declaration is None:
        return declaration is not None
    return field_key in declaration.fields and may_hide(declaration, field_key)


def labels_of(need: Need) -> list[str]:
    """The parts of the product that answer the need; fields of one object stand together."""
    targets = [(kind, key) for kind in (MODULE, OBJECT) for key in need.serving(kind)]
    keys = [key for key in need.fields if _is_there(FIELD, key)]
    return [*(_label(kind, key) for kind, key in targets if _is_there(kind, key)), *together(keys)]


def together(keys: Iterable[str]) -> list[str]:
    """Fields by their objects: "Contacts: Birthday, Department"."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        declaration, field = field_of(key)
        now = _now(declaration)
        found[text_of(now.plural)].append(text_of(now.fields.get(field.key, field).label))
    return [f"{plural}: {', '.join(labels)}" for plural, labels in found.items()]


def field_of(key: str) -> tuple[ObjectType, Field]:
    object_key, _dot, field_key = key.partition(".")
    declaration = registry.declared[object_key]
    return declaration, declaration.fields[field_key]


def _label(kind: str, key: str) -> str:
    if kind == MODULE:
        return text_of(modules.label(modules.modules()[key]))
    if kind == OBJECT:
        return text_of(_now(registry.declared[key]).plural)
    return together([key])[0]


def _now(declaration: ObjectType) -> ObjectType:
    """Under the words of this installation."""
    return registry.get(declaration.key) if declaration.key in registry else declaration


# -- panels beside a record --------------------------------------------------------------------------


def _panels(found: list[Effect]) -> Iterator[Effect]:
    """Records of an object that goes are not shown beside others either."""
    gone = {each.key: each.hide for each in found if each.kind == OBJECT}
    for declaration in registry:
        shown = dict(declaration.beside)
        for related in declaration.related:
            key = key_of(related)
            hide = gone.get(related.object)
            if hide is not None and shown.get(key, True) is hide:
                label = f"{text_of(declaration.plural)}: {text_of(related.title)}"
                yield Effect(PANEL, f"{declaration.key}/{key}", hide, label)


def beside(declaration: ObjectType, hidden: Mapping[str, bool]) -> list[dict[str, Any]]:
    """The panels beside a record as an arrangement says them, with what `hidden` says of some."""
    shown = dict(declaration.beside)
    ordered = dict.fromkeys([*shown, *keys_of(declaration)])
    return [{"key": key, "shown": not hidden.get(key, not shown.get(key, True))} for key in ordered]
