"""The first rows of every lane of a board, by one kept statement however many lanes there are.

Each lane is one range of the index of its field and the sort; a window over the whole table would read it
all. The cursors go on where the first rows end, in the same order as a page of the lane.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from aperto.kernel.query import cursor, rows
from aperto.kernel.query.paged import Page
from aperto.kernel.query.reach import table
from aperto.kernel.query.rows import Plan
from aperto.kernel.query.source import Source
from aperto.kernel.query.statements import Rows, fetch

SORT = "-updated_at"
ORDER = ("-updated_at", "-pk")


def lane_heads(
    source: Source, by: str, values: Sequence[Any], columns: Sequence[str], limit: int
) -> dict[Any, Page]:
    """By each value of the field `by`, which is a column: the rows that were changed last come first."""
    planned = rows.plan(source.declaration, columns, source.actor)
    lanes: dict[Any, Rows] = {value: [] for value in values}
    read = _read(source, planned, by, values, limit) if values else []
    for raw in sorted(read, key=lambda raw: (raw[-1], raw[0]), reverse=True):
        lanes[raw[-2]].append(raw)
    shown = iter(rows.read(planned, [raw for held in lanes.values() for raw in held[:limit]], source.actor))
    signature = f"{source.declaration.key},{SORT}"
    heads = {}
    for value, held in lanes.items():
        found = [next(shown) for _raw in held[:limit]]
        after = cursor.write(signature, [held[limit - 1][-1]], held[limit - 1][0]) if held[limit:] else None
        heads[value] = Page(found, after)
    return heads


def _read(source: Source, planned: Plan, by: str, values: Sequence[Any], limit: int) -> Rows:
    """Raw rows, with their lane and their moment behind them, in no order."""
    given = len(source.conditions) + 2
    conditions = [source.access, source.narrowing, *source.conditions, *(Q(**{by: each}) for each in values)]

    def build(cuts: Sequence[Q]) -> "QuerySet[Any, Any]":
        cut = source.recut(*cuts[:given])
        read = [_lane(cut, lane, (*planned.names, by, "updated_at"), limit) for lane in cuts[given:]]
        return read[0].union(*read[1:], all=True) if len(read) > 1 else read[0]

    name = ("heads", source.deleted, planned.names, by, limit, len(values))
    return fetch(source.declaration.model, name, conditions, build)


def _lane(source: Source, lane: Q, names: Sequence[str], limit: int) -> "QuerySet[Any, Any]":
    """One row more than shown tells whether there are others. The slice stands inside: SQLite takes none in
    the parts of a union."""
    first = source.rows().filter(lane).order_by(*ORDER).values("pk")[: limit + 1]
    return table(source.declaration).filter(pk__in=first).values_list(*names)
