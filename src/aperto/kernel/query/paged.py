"""One page of a selection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, QuerySet
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.record import Record
from aperto.kernel.query import cursor, rows
from aperto.kernel.query.paging import phases
from aperto.kernel.query.rows import Plan, Row
from aperto.kernel.query.sorting import Key, keys_of
from aperto.kernel.query.source import Source

USUAL, MOST = 50, 500
LARGEST_CHUNK = 5_000


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page; None at the end."""

    rows: list[Row]
    next: str | None


def page(source: Source, columns: Sequence[str] | None, sort: str, after: str | None, limit: int) -> Page:
    if not 1 <= limit <= MOST:
        raise FieldError(_("A page holds between 1 and %(most)s records.") % {"most": MOST})
    planned = rows.plan(source.declaration, columns, source.actor)
    return _page(source, planned, keys_of(sort, source.declaration, source.actor), after, limit)


def iterate(source: Source, columns: Sequence[str] | None, chunk: int, sort: str) -> Iterator[Row]:
    """Rows in chunks of bounded size: memory does not grow with the selection."""
    planned = rows.plan(source.declaration, columns, source.actor)
    keys = keys_of(sort, source.declaration, source.actor) if sort else ()
    after: str | None = None
    while True:
        found = _page(source, planned, keys, after, min(max(chunk, 1), LARGEST_CHUNK))
        yield from found.rows
        if found.next is None:
            return
        after = found.next


def _page(source: Source, planned: Plan, keys: Sequence[Key], after: str | None, limit: int) -> Page:
    signature = ",".join([source.declaration.key, *(f"{'-' * key.descending}{key.name}" for key in keys)])
    queryset = source.rows().annotate(**{f"sort_{place}": key.expression for place, key in enumerate(keys)})
    position = cursor.read(after, signature, _types(queryset, keys)) if after else None
    raws: list[Sequence[Any]] = []
    for phase in phases(keys, position):
        wanted = queryset.filter(phase.condition).order_by(*phase.order)
        names = (*planned.names, *(f"sort_{place}" for place in range(len(keys))))
        raws += wanted.values_list(*names)[: limit + 1 - len(raws)]
        if len(raws) > limit:
            break
    shown = raws[:limit]
    more = len(raws) > limit
    last = cursor.write(signature, shown[-1][len(planned.names) :], shown[-1][0]) if more else None
    return Page(rows.read(planned, shown, source.actor), last)


def _types(queryset: QuerySet[Record], keys: Sequence[Key]) -> "list[Field[Any, Any]]":
    return [queryset.query.annotations[f"sort_{place}"].output_field for place in range(len(keys))]
