"""Changes in words: which field, from what, to what. Fields that the actor may not read are not there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.records.reading import resolve

# What follows from a stage is not told beside it.
MOST_SHOWN = 200  # characters of what no kind prints any more
FOLLOWS = frozenset({"stage_since", "probability", "closed_at"})


@dataclass(frozen=True)
class Difference:
    """One field of a change; `old` and `new` are safe HTML, blank where there was nothing."""

    key: str
    label: str
    old: str
    new: str


class Teller:
    """Tells the changes of one record; what they point at is read once for all of them."""

    def __init__(self, actor: Actor, declaration: ObjectType, changes: Sequence[Change]) -> None:
        self.actor, self.declaration = actor, declaration
        self.fields: Mapping[str, Field] = readable(actor, declaration)
        self.values = {change.id: list(self._values(change)) for change in changes}
        pairs = [
            (each, value)
            for values in self.values.values()
            for each, *sides in values
            for value in sides
            if not isinstance(value, Former)
        ]
        self.found: dict[UUID, Ref] = resolve(actor, pairs)

    def differences(self, change: Change, told: bool = True) -> list[Difference]:
        """The fields of the change; with `told` without what merely followed from the stage."""
        path = self.declaration.path
        derived = FOLLOWS if told and path and path in change.diff else frozenset()
        return [
            Difference(each.key, text_of(each.label), self.html(each, old), self.html(each, new))
            for each, old, new in self.values[change.id]
            if each.key not in derived
        ]

    def html(self, each: Field, value: Any) -> str:
        if value is None or value == []:
            return ""
        if isinstance(value, Former):
            return escape(value.text)
        return SafeString(each.cell(each.resolve(value, self.found), self.actor.viewer))

    def _values(self, change: Change) -> Iterable[tuple[Field, Any, Any]]:
        for key, pair in change.diff.items():
            each = self.fields.get(key)
            if each is not None and isinstance(pair, list) and len(pair) == 2:
                yield each, told_of(each, pair[0]), told_of(each, pair[1])


@dataclass(frozen=True)
class Former:
    """What a field held while it was of another kind, as far as it can be told without that kind."""

    text: str


def told_of(each: Field, raw: Any) -> Any:
    value = value_of(each, raw)
    return value if value is not None or raw in (None, [], "") else Former(bare(raw))


def bare(raw: Any) -> str:
    """JSON without its signs."""
    if isinstance(raw, dict):
        return " ".join(bare(each) for each in raw.values() if each not in (None, ""))
    return ", ".join(map(bare, raw)) if isinstance(raw, list) else str(raw)[:MOST_SHOWN]


def value_of(each: Field, raw: Any) -> Any:
    """A value of the history; None where the field does not take it any more."""
    try:
        return None if raw is None else each.clean(raw)
    except FieldError:
        return None
