"""Which records something has just happened to, for those who watch: one narrow statement, whoever asks."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from aperto.kernel.changes.models import Timeline


class Touch(NamedTuple):
    """`line` is the key of the line in the timeline; it sorts by its moment."""

    line: UUID
    object: str
    record: UUID
    created: bool


def touched(after: UUID, most: int) -> Sequence[Touch]:
    """What was written after this key, oldest first. A line is seen when its transaction is over, so one that
    began earlier may come later: ask again a little further back."""
    rows = Timeline.objects.filter(pk__gt=after).order_by("pk")
    found = rows.values_list("pk", "object", "record", "kind", "summary")[:most]
    return [
        Touch(line, key, record, kind == "change" and said == "created")
        for line, key, record, kind, said in found
    ]
