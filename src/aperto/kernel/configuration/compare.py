"""A file against an installation: what it adds and changes, and what only the installation has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.document import Document, Entry
from aperto.kernel.configuration.export import present
from aperto.kernel.configuration.names import Names

ADDED, CHANGED, REMOVED, KEPT = "added", "changed", "removed", "kept"
NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Item:
    """One entry that differs: `verb` says what applying it does. What is kept, applying leaves alone."""

    verb: str
    entry: Entry
    differences: tuple[Difference, ...] = ()

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def values(self) -> dict[str, Any]:
        return {each.field: each.new for each in self.differences}


@dataclass(frozen=True)
class Diff:
    items: tuple[Item, ...]
    names: Names

    @property
    def due(self) -> list[Item]:
        return [item for item in self.items if item.verb != KEPT]

    def __bool__(self) -> bool:
        return bool(self.due)


def compare(actor: Actor, document: Document, remove: bool = False) -> Diff:
    """With `remove`, the installation becomes what the file says: what it does not name goes."""
    held, names, fixed = present(actor)
    there = {entry.id: entry for entry in held.entries}
    named = {entry.id for entry in document.entries}
    items = list(_named(document, there, remove))
    for entry in held.entries:
        if entry.id not in named and entry.id not in fixed:
            gone = tuple(Difference(key, value, None) for key, value in entry.values.items())
            items.append(Item(REMOVED if remove else KEPT, entry, gone))
    return Diff(tuple(items), names)


def _named(document: Document, there: Mapping[str, Entry], remove: bool) -> Iterator[Item]:
    for entry in document.entries:
        known = there.get(entry.id)
        if known is None:
            said = {key: value for key, value in entry.values.items() if value not in NOTHING}
            yield Item(ADDED, entry, tuple(Difference(key, None, value) for key, value in said.items()))
        elif differences := tuple(_differences(known, entry, remove)):
            yield Item(CHANGED, entry, differences)


def _differences(known: Entry, entry: Entry, remove: bool) -> Iterator[Difference]:
    for key, new in entry.values.items():
        old = known.values.get(key)
        if old != new and not (old in NOTHING and new in NOTHING):
            yield Difference(key, old, new)
    for key, old in known.values.items():
        if remove and key not in entry.values:
            yield Difference(key, old, None)
