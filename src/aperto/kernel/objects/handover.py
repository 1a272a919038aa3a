"""What a record hands over to those that a verb makes from it: which field goes to which.

A business app declares a `Handover` with its defaults and says where an administrator's own table is kept;
the settings show every declared one, and know none by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import NEUTRAL

type Table = Mapping[str, Mapping[str, str]]  # object → its field → field of the source
WORDS = frozenset({"text", "long_text"})  # take the words of any other kind
POINTERS = frozenset({"reference", "multi_reference", "user", "stage", "file", "image"})


@dataclass(frozen=True)
class Handover:
    """`kept` reads the table in force; `keep` writes another one, or the defaults when given None."""

    key: str
    source: str
    label: Message
    hint: Message
    defaults: Table
    kept: Callable[[], Table]
    keep: Callable[[Actor, Table | None, str], None]


_handovers: dict[str, Handover] = {}


def declare(handover: Handover) -> Handover:
    _handovers[handover.key] = handover
    return handover


def everything() -> list[Handover]:
    return list(_handovers.values())


def targets(declaration: ObjectType) -> list[Field]:
    """The fields that can be handed something."""
    return [field for field in declaration.writable.values() if field.label and field.kind not in POINTERS]


def fits(source: Field, target: Field) -> bool:
    """The same kind with room for each choice; or anything that can be said in words, into words."""
    if source.kind in POINTERS or not source.label:
        return False
    if source.kind != target.kind:
        return target.kind in WORDS and not source.stored_elsewhere
    options: Any = getattr(source, "options", ())
    known = {option.key for option in getattr(target, "options", ())}
    return all(option.key in known for option in options)


def mistakes(handover_source: str, table: Any) -> list[str]:
    """Places of a table ("contact.phones") that name no field, or two that do not fit."""
    source = registry.get(handover_source).fields
    found = []
    for object_key, pairs in table.items():
        known = registry.get(object_key).writable if object_key in registry else {}
        for to, origin in pairs.items():
            held = source.get(origin) if isinstance(origin, str) else None
            if held is None or to not in known or not fits(held, known[to]):
                found.append(f"{object_key}.{to}")
    return found


def handed(source: Field, target: Field, value: Any) -> Any:
    """A value of the source as the target takes it."""
    return value if source.kind == target.kind else source.text(value, NEUTRAL)
