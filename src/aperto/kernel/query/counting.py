"""How many rows a selection has, without ever reading a big table to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from aperto.kernel.query import engines, statements
from aperto.kernel.query.reach import disjoint, ranges, table
from aperto.kernel.query.source import Source

EXACT = 10_000
EXACT_IN_INDEX = 30_000  # without a filter, an index alone tells which rows there are


@dataclass(frozen=True)
class Count:
    """`exact` is False for an estimate, which a page must call one."""

    number: int
    exact: bool


def count(source: Source) -> Count:
    in_index = not source.is_filtered and (not source.access or ranges(source.access) > 0)
    most = EXACT_IN_INDEX if in_index else EXACT
    number = 0
    for part in disjoint(source.access):
        number += _counted(source, part, most + 1 - number)
        if number > most:
            rows = source.rows()
            return Count(engines.current(rows.db).estimate(rows, most), exact=False)
    return Count(number, exact=True)


def bounded(source: Source, most: int) -> int:
    number = 0
    for part in disjoint(source.access):
        number += _counted(source, part, most - number)
        if number >= most:
            break
    return number


def _counted(source: Source, part: Q, most: int) -> int:
    """The rows of a part of the reach, as far as `most`.

    Without a filter they are counted in the order of their change: that is an index of the team, the owner
    or all, which holds all that is asked. An engine left alone takes a shorter index and looks up each row.
    """

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        rows = table(source.declaration).filter(*given)
        ordered = rows if source.is_filtered else rows.order_by("-updated_at", "-pk")
        return ordered.values_list("pk")[:most]

    name = ("count", source.declaration.key, most, source.is_filtered)
    conditions = [*source.cuts[:1], part, *source.cuts[2:]]
    return statements.number(source.declaration.model, name, conditions, build)
