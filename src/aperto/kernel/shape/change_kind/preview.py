"""What would become of the values: counted and shown before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched, islice
from typing import Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Message
from aperto.kernel.records import Row, Selection, visible
from aperto.kernel.shape.change_kind.convert import Converted, Converter
from aperto.kernel.shape.change_kind.proposal import Proposal

LOOKED_AT = 10_000  # records, while somebody waits
CHUNK = 500
SHOWN = 20


@dataclass(frozen=True)
class Example:
    """`old` and `new` in words; `why` where there is no new value."""

    id: UUID
    title: str
    old: str
    new: str = ""
    why: Message = ""


@dataclass
class Preview:
    """`holding` records were looked at; with `more` there are others, which were not."""

    holding: int = 0
    converting: int = 0
    more: bool = False
    refused: list[Example] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)

    @property
    def not_converting(self) -> int:
        return self.holding - self.converting


def preview(actor: Actor, proposal: Proposal) -> Preview:
    """Of the records that the actor sees."""
    result = Preview()
    for row, converted in looked_through(actor, proposal, LOOKED_AT + 1):
        if result.holding == LOOKED_AT:
            result.more = True
            break
        result.holding += 1
        result.converting += not converted.why
        listed = result.refused if converted.why else result.examples
        if len(listed) < SHOWN:
            listed.append(example(actor, proposal, row, converted))
    return result


def looked_through(
    actor: Actor, proposal: Proposal, limit: int | None = None
) -> Iterator[tuple[Row, Converted]]:
    """Each record that holds a value, and what becomes of it."""
    old, key = proposal.old, proposal.old.key
    converter = Converter(old, proposal.new, actor)
    rows = (row for row in _rows(actor, proposal).iterate([key]) if row.values[key] not in (None, []))
    for chunk in batched(islice(rows, limit), CHUNK):
        yield from zip(chunk, converter.convert([row.values[key] for row in chunk]), strict=True)


def _rows(actor: Actor, proposal: Proposal) -> Selection:
    chosen = visible(actor, proposal.declaration.key)
    old = proposal.old
    if old.stored_elsewhere or "filled" not in old.operators:
        return chosen
    return chosen.where(old.where("filled", []))


def example(actor: Actor, proposal: Proposal, row: Row, converted: Converted) -> Example:
    old = proposal.old.text(row.values[proposal.old.key], actor.viewer)
    return Example(row.id, row.title, old, _shown(proposal, converted.value, actor), converted.why)


def _shown(proposal: Proposal, value: Any, actor: Actor) -> str:
    return "" if value is None else proposal.new.text(value, actor.viewer)


def lines(actor: Actor, proposal: Proposal) -> Iterator[Sequence[str]]:
    """All that do not convert, as lines of a file: key, title, old value, why not."""
    for row, converted in looked_through(actor, proposal):
        if converted.why:
            value = proposal.old.export(row.values[proposal.old.key])
            yield str(row.id), row.title, value, str(converted.why)
