"""The rows that a bulk act is about: those ticked, or all that the filter of the list finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from aperto.kernel import records
from aperto.kernel.access.actor import Actor

AT_ONCE = 200  # more rows than this are a job
STEP = 200  # rows of one transaction


@dataclass(frozen=True)
class Chosen:
    """`ids` are the ticked rows; None means all records that `filter` finds."""

    object_key: str
    ids: tuple[UUID, ...] | None
    filter: str

    @property
    def is_small(self) -> bool:
        return self.ids is not None and len(self.ids) <= AT_ONCE

    def count(self, actor: Actor) -> int:
        """How many rows there are, for words and progress."""
        if self.ids is not None:
            return len(self.ids)
        return records.visible(actor, self.object_key).matching(self.filter).count().number

    def chunks(self, actor: Actor) -> Iterator[list[UUID]]:
        """Their keys in order; a row that leaves the filter by what is done to it disturbs nobody."""
        if self.ids is not None:
            for start in range(0, len(self.ids), STEP):
                yield list(self.ids[start : start + STEP])
            return
        found = records.visible(actor, self.object_key).matching(self.filter)
        chunk: list[UUID] = []
        for row in found.iterate((), chunk=STEP):
            chunk.append(row.id)
            if len(chunk) == STEP:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


def chosen_in(object_key: str, post: QueryDict, filter_text: str) -> Chosen:
    """What the form of the selection says; keys that are none are left out."""
    if post.get("all"):
        return Chosen(object_key, None, filter_text)
    keys = (as_key(text) for text in post.getlist("id"))
    return Chosen(object_key, tuple(dict.fromkeys(key for key in keys if key)), filter_text)


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
