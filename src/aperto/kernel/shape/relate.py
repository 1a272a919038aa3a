"""A relation is made: the object of its links, and the two fields that name what each links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.models import CustomBase

VIA = "page"


@dataclass(frozen=True)
class Side:
    """One end: the object, and what its page calls the panel of what it is linked with. `once`: each of its
    records is in one link at most."""

    object: str
    panel: str
    panels: Mapping[str, str] = field(default_factory=dict)  # in other languages
    once: bool = False


@transaction.atomic
def relate(actor: Actor, key: str, name: str, one: Side, other: Side, batch: UUID, via: str = VIA) -> None:
    """Invalid for a key that is taken, Missing for an object that is not there."""
    keys = _keys(one, other)
    made = {"name": name, "plural": one.panel, "plurals": dict(one.panels) or None, "key": key}
    looks = {"icon": "link", "hue": "slate", "hidden": True, "ends": list(keys)}
    changes.create(actor, "custom_object", made | looks, via=via, batch=batch)
    for place, (end, side) in enumerate(zip(keys, (one, other), strict=True), 1):
        changes.create(actor, "custom_field", _end(key, end, side, place), via=via, batch=batch)


def _keys(one: Side, other: Side) -> tuple[str, str]:
    """Called by the objects that they name, but for what every record has already."""
    first, second = _plain(one.object), _plain(other.object)
    return (first, second) if first != second else (first, f"other_{second}"[:50])


def _plain(key: str) -> str:
    return f"{key}_record" if key in CustomBase.all_fields() else key


def _end(key: str, end: str, side: Side, place: int) -> dict[str, Any]:
    target = registry.get(side.object)
    panels = "; ".join(f"{code}: {word}" for code, word in side.panels.items() if word)
    said = {"to": side.object, "panel": side.panel} | ({"panels": panels} if panels else {})
    words = _words(target)
    return {
        "of_object": key, "key": end, "kind": "reference", "name": str(target.label), "labels": words,
        "required": True, "unique": side.once, "settings": said, "position": place,
    }  # fmt: skip


def _words(target: ObjectType) -> dict[str, str]:
    """How each language calls it."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(target.label)
    return found
