"""How many rows a selection has, without ever reading a big table to its end."""

from dataclasses import dataclass

from aperto.kernel.query import engines
from aperto.kernel.query.reach import disjoint
from aperto.kernel.query.source import Source

EXACT = 10_000


@dataclass(frozen=True)
class Count:
    """`exact` is False for an estimate, which a page must call one."""

    number: int
    exact: bool


def count(source: Source) -> Count:
    number = 0
    for part in disjoint(source.access):
        number += source.rows(part).values("pk")[: EXACT + 1 - number].count()
        if number > EXACT:
            rows = source.rows()
            return Count(engines.current(rows.db).estimate(rows, EXACT), exact=False)
    return Count(number, exact=True)
