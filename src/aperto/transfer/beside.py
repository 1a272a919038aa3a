"""Several objects from one row: the company and the people that a deal's row describes as well.

A target "company/website" is the website of the record that the reference `company` points at. The columns
of one reference are read by a plan of their own, found or made once for each distinct key (or name), and
pointed at by the row; all belong to the import's batch, so one undo takes everything back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.changes.titles import keys_of
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.transfer.beside_known import Known
from aperto.transfer.beside_targets import SLASH, besides, split
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.lines import WHOLE, Line
from aperto.transfer.plan import Plan, grown
from aperto.transfer.pointing import ToCreate
from aperto.transfer.proposal import usual_match
from aperto.transfer.targets import FULL_NAME, splits_names
from aperto.transfer.writing import write_chunk


def plan_of(
    actor: Actor, declaration: ObjectType, choices: Choices, batch: UUID | None = None
) -> "Plan | WidePlan":
    """The plan that these choices need."""
    wide = any(SLASH in target for target in choices.mapping.values())
    return (WidePlan if wide else Plan)(actor, declaration, choices, batch)


class Beside:
    """The columns of one reference."""

    def __init__(
        self, actor: Actor, field: Field, columns: Mapping[int, str], choices: Choices, batch: UUID | None
    ) -> None:
        self.field = field
        self.declaration = for_actor(actor, registry.get(besides(field)))
        mapping = {place: target or self.name for place, target in columns.items()}
        keys = usual_match(self.declaration, mapping.values())
        mode = choices.mode if choices.mode is Mode.UPDATE else Mode.SKIP
        self.plan = Plan(
            actor, self.declaration, replace(choices, mapping=mapping, match=keys, mode=mode), batch
        )
        self.plan.matcher = Known(actor, self.declaration, keys, self.name)
        self.batch = batch

    @property
    def name(self) -> str:
        """What a column that names the record is put into."""
        if splits_names(self.declaration):
            return FULL_NAME
        return keys_of(self.declaration.title.partition("|")[0])[0]

    def settle(self, lines: Sequence[Line], create: bool) -> None:
        """Finds or makes the record of each line."""
        mine = [line.beside[self.field.key] for line in lines if self.field.key in line.beside]
        if create and self.batch is not None:
            write_chunk(self.plan, mine, self.batch)
        else:
            self.plan.settle(mine, create=False)

    def told(self, line: Line) -> Ref | ToCreate:
        """What the row points at; in a preview, what it would."""
        parts = [str(line.values.get(key) or "") for key in ("first_name", "last_name", self.name)]
        title = " ".join(filter(None, dict.fromkeys(parts)))
        if line.record is None or (self.batch is None and (line.is_new or line.follows)):
            return ToCreate(self.declaration.key, title)
        return Ref(self.declaration.key, line.record, title, self.declaration.hue)

    def label_of(self, key: str) -> str:
        found = self.declaration.fields.get(key)
        words = [text_of(self.field.label), *([text_of(found.label)] if found else [])]
        return " › ".join(words)


class WidePlan(Plan):
    """A plan with others beside it."""

    def __init__(
        self, actor: Actor, declaration: ObjectType, choices: Choices, batch: UUID | None = None
    ) -> None:
        own, columns = split(choices.mapping)
        super().__init__(actor, declaration, replace(choices, mapping=own), batch)
        self.choices = choices
        self.besides = [
            Beside(actor, self.fields[key], each, choices, batch)
            for key, each in columns.items()
            if key in self.fields and besides(self.fields[key])
        ]
        self.besides.sort(key=lambda each: len(self._links(each)))
        for each in self.besides:
            self.sources.setdefault(each.field.key, {})  # so that what it points at now is read

    def _links(self, beside: Beside) -> list[tuple[str, Beside]]:
        """References of that object to another one of the row: the contact's company is the deal's."""
        mapped = set(beside.plan.sources)
        return [
            (key, other)
            for key, field in beside.plan.fields.items()
            if field.kind == "reference" and key not in mapped
            for other in self.besides
            if other is not beside and besides(field) == other.declaration.key
        ]

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> list[Line]:
        held = list(rows)
        lines = super().read(held)
        for each in self.besides:
            for line, sub in zip(lines, each.plan.read(held), strict=True):
                if sub.values or sub.names or sub.errors:
                    line.beside[each.field.key] = sub
                    line.values[each.field.key] = [] if _is_list(each.field) else each.told(sub)
                    self._refused(line, each, sub)
        return lines

    def settle(self, lines: Sequence[Line], create: bool) -> None:
        super().settle(lines, create)
        for each in self.besides:
            live = [line for line in lines if not line.errors and not self.skips(line)]
            for key, other in self._links(each):
                _link(live, each.field.key, key, other)
            each.settle(live, create)
            for line in live:
                if each.field.key in line.beside:
                    self._point_beside(line, each)

    def _point_beside(self, line: Line, each: Beside) -> None:
        key, sub = each.field.key, line.beside[each.field.key]
        self._refused(line, each, sub)
        ref = each.told(sub)
        if not _is_list(each.field):
            line.values[key] = ref
            return
        held = line.present.get(key)
        keep = bool(held) and not self.choices.replaces
        line.values[key] = grown(each.field, held, [ref]) if keep else [ref]

    def _refused(self, line: Line, each: Beside, sub: Line) -> None:
        """What is wrong with the other record is wrong with the row."""
        for key, messages in sub.errors.items():
            label = each.label_of(key if key != WHOLE else "")
            for message in messages:
                place = f"{each.field.key}{SLASH}{key}"
                text = f"{label}: {message}"
                if text not in line.errors.get(place, []):
                    line.refuse(place, text)


def _link(lines: Sequence[Line], mine: str, key: str, other: Beside) -> None:
    """Lets the other records of the row point at each other."""
    for line in lines:
        sub, target = line.beside.get(mine), line.beside.get(other.field.key)
        if sub is not None and target is not None and not target.errors:
            sub.values.setdefault(key, other.told(target))


def _is_list(field: Field) -> Any:
    return field.kind == "multi_reference"
