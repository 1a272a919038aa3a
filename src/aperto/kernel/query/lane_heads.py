"""The first rows of every lane of a board, by one statement however many lanes there are.

Each lane is one range of the index of its field and the sort; a window over the whole table would read it
all. The cursors go on where the first rows end, in the same order as a page of the lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from aperto.kernel.query import cursor
from aperto.kernel.query.source import Source

SORT = "-updated_at"
ORDER = ("-updated_at", "-pk")


@dataclass
class LaneHead:
    """The keys of the first rows; `next` is the cursor of those after them."""

    ids: list[UUID] = field(default_factory=list)
    next: str | None = None


def lane_heads(source: Source, by: str, values: Sequence[Any], limit: int) -> dict[Any, LaneHead]:
    """By each value of the field `by`, which is a column: the rows that were changed last come first."""
    heads: dict[Any, LaneHead] = {value: LaneHead() for value in values}
    if not values:
        return heads
    lanes = [_lane(source, by, value, limit) for value in values]
    rows = lanes[0].union(*lanes[1:], all=True) if len(lanes) > 1 else lanes[0]
    signature = f"{source.declaration.key},{SORT}"
    moments: dict[UUID, Any] = {}
    for value, key, moment in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        head = heads[value]
        if len(head.ids) < limit:
            head.ids.append(key)
            moments[key] = moment
        elif head.ids:
            head.next = cursor.write(signature, [moments[head.ids[-1]]], head.ids[-1])
    return heads


def _lane(source: Source, by: str, value: Any, limit: int) -> "QuerySet[Any, Any]":
    """One row more than shown tells whether there are others. The slice stands inside: SQLite takes none in
    the parts of a union."""
    rows = source.rows().filter(**{by: value})
    first = rows.order_by(*ORDER).values("pk")[: limit + 1]
    return source.uncut().filter(pk__in=first).values_list(by, "pk", "updated_at")
