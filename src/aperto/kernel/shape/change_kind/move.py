"""Values from the place of one definition to that of another: filled in beside, settled once they count."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import history, keys, links
from aperto.kernel.changes.draft import Occasion
from aperto.kernel.changes.models import Relation
from aperto.kernel.fields import Field
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.kernel.query.engines.bulk import insert_values, update
from aperto.kernel.query.rows import links_of
from aperto.kernel.shape.build import FieldDefinition
from aperto.kernel.shape.change_kind.convert import Converter
from aperto.kernel.shape.change_kind.proposal import field_of
from aperto.kernel.shape.change_kind.ways import WAYS
from aperto.kernel.shape.check import CHANGING_KIND

CHUNK = 500
VERB = "converted"

type Between = Callable[[int], None]


@dataclass(frozen=True)
class Move:
    """The definition as it was and as it becomes; JSON, because a job carries it."""

    before: FieldDefinition
    after: FieldDefinition

    def json(self) -> dict[str, Any]:
        return {name: {**asdict(each), "id": str(each.id)} for name, each in vars(self).items()}

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Self:
        return cls(*(FieldDefinition(**raw[name] | {"id": UUID(raw[name]["id"])}) for name in FIELDS))

    @property
    def declaration(self) -> ObjectType:
        return registry.get(self.before.of_object)

    @property
    def fields(self) -> tuple[Field, Field]:
        return field_of(self.declaration, self.before), field_of(self.declaration, self.after)


FIELDS = ("before", "after")


def count(declaration: ObjectType) -> int:
    return declaration.model.objects.count()


def fill(move: Move, actor: Actor, only: Q | None = None, between: Between = lambda done: None) -> int:
    """Writes each value as it will be, where nobody reads it yet; how many do not convert."""
    (old, new), done, refused = move.fields, 0, 0
    converter, model = Converter(old, new, actor), move.declaration.model
    for rows in _chunks(model, only or Q()):
        between(done)
        done += len(rows)
        values = held(move.declaration, old, rows)
        made = converter.convert(values)
        refused += sum(1 for each in made if each.why)
        put(move.declaration, new, rows, [each.value for each in made])
    return refused


def _chunks(model: type[Record], only: Q) -> Iterator[list[Record]]:
    """All rows, also those in the recycle bin, a transaction for each part of them."""
    last, left = UUID(int=0), True
    while left:
        with transaction.atomic():
            found = model.objects.filter(only, pk__gt=last).order_by("pk").select_for_update()
            rows = list(found[:CHUNK])
            if rows:
                yield rows
                last = rows[-1].pk
        left = len(rows) == CHUNK


def held(declaration: ObjectType, field: Field, rows: Sequence[Record]) -> list[Any]:
    if not field.stored_elsewhere:
        return [field.get(row) for row in rows]
    linked = links_of(declaration, [field], [row.pk for row in rows])
    return [linked.get((row.pk, field.key)) for row in rows]


def put(declaration: ObjectType, field: Field, rows: Sequence[Record], values: Sequence[Any]) -> None:
    """Replaces what stands in the field's place."""
    if field.stored_elsewhere:
        _link(declaration, field, rows, values)
        return
    changed = []
    for row, value in zip(rows, values, strict=True):
        before = dict(row.custom)
        field.set(row, value)
        if row.custom != before:
            changed.append(row)
    if changed:
        update(changed, ("custom",))


def _link(declaration: ObjectType, field: Field, rows: Sequence[Record], values: Sequence[Any]) -> None:
    kind = links.kind_of(declaration, field)
    Relation.objects.filter(kind=kind, left__in=[row.pk for row in rows]).delete()
    lines = [
        (uuid7(), kind, declaration.key, row.pk, ref.object, ref.id, ref.role, "")
        for row, value in zip(rows, values, strict=True)
        for ref in value or ()
    ]
    insert_values(Relation, links.LINK, lines)


# -- once the new place counts -----------------------------------------------------------------------


def settle(move: Move, actor: Actor, back: bool = False, between: Between = lambda done: None) -> None:
    """Tells the history of each record, and renews what is found by the value. `back` is for an undo: what
    was typed since is carried along, as far as it converts."""
    old, new = move.fields
    occasion, done = Occasion(actor, move.declaration, CHANGING_KIND), 0
    for rows in _chunks(move.declaration.model, Q()):
        between(done)
        done += len(rows)
        if back:
            _carry_back(move, actor, rows)
        before, after = (held(move.declaration, field, rows) for field in (old, new))
        _tell(
            occasion, new.key, rows, [_json(old, value) for value in before], [_json(new, v) for v in after]
        )
        alive = [row for row in rows if row.deleted_at is None]
        keys.renew(move.declaration, alive, new)
        if new.search_weight or old.search_weight:
            search.index(move.declaration, alive)


def _json(field: Field, value: Any) -> Any:
    return None if value in (None, []) else field.to_json(value)


def _tell(occasion: Occasion, key: str, rows: Sequence[Record], old: list[Any], new: list[Any]) -> None:
    now, changes, told = datetime.now(UTC), [], []
    for row, one, other in zip(rows, old, new, strict=True):
        if one != other:
            row.version += 1
            told.append(row)
            changes.append(history.change_of(occasion, row, VERB, now, {key: [one, other]}))
    if told:
        update(told, ("version",))
        history.keep(occasion, changes)


def _carry_back(move: Move, actor: Actor, rows: Sequence[Record]) -> None:
    """`move` leads back: `after` is what was before. A value that is not what the former one became was typed
    since; where it does not convert, the former one stands."""
    left, now = move.fields
    if (left.kind, now.kind) not in WAYS:
        return
    typed, former = (held(move.declaration, field, rows) for field in (left, now))
    became = Converter(now, left, actor).convert(former)
    since = [place for place, each in enumerate(typed) if each != became[place].value]
    back = Converter(left, now, actor).convert([typed[place] for place in since])
    carried = [(rows[place], each.value) for place, each in zip(since, back, strict=True) if not each.why]
    carried = [(row, value) for row, value in carried if value not in (None, [])]
    put(move.declaration, now, [row for row, _value in carried], [value for _row, value in carried])
