"""One page of a selection."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, QuerySet
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.record import Record
from aperto.kernel.query import cursor, rows
from aperto.kernel.query.engines.expressions import among_any
from aperto.kernel.query.paging import Phase, phases
from aperto.kernel.query.reach import shares
from aperto.kernel.query.rows import Plan, Row
from aperto.kernel.query.sorting import Key, keys_of
from aperto.kernel.query.source import Source

USUAL, MOST = 50, 500
LARGEST_CHUNK = 5_000
MOST_PARTS = 12  # owner and teams, of which the beginnings are merged


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
    sorts = {f"sort_{place}": key.expression for place, key in enumerate(keys)}
    types = _types(source.uncut().annotate(**sorts), sorts)
    position = cursor.read(after, signature, types) if after else None
    raws: list[Sequence[Any]] = []
    for phase in phases(keys, position):
        found = _first(source, keys, phase, limit + 1 - len(raws)).annotate(**sorts).order_by(*phase.order)
        raws += found.values_list(*planned.names, *sorts)[: limit + 1 - len(raws)]
        if len(raws) > limit:
            break
    shown = raws[:limit]
    more = len(raws) > limit
    last = cursor.write(signature, shown[-1][len(planned.names) :], shown[-1][0]) if more else None
    return Page(rows.read(planned, shown, source.actor), last)


def _first(source: Source, keys: Sequence[Key], phase: Phase, most: int) -> QuerySet[Record]:
    """The rows of a phase, or of them at least the first `most`.

    Rows of an owner or of a team stand in an index in the order of their change. To merge the beginnings
    of these ranges is fast for whoever sees much and for whoever sees little.
    """
    parts = shares(source.access)
    merged = [key.column for key in keys] == ["updated_at"] and 1 < len(parts) <= MOST_PARTS
    if not merged or source.narrowing:
        return source.rows().filter(phase.condition)
    beginnings = [source.rows(part).filter(phase.condition).order_by(*phase.order) for part in parts]
    return source.uncut().filter(among_any("pk", [rows.values("pk")[:most] for rows in beginnings]))


def _types(queryset: QuerySet[Record], sorts: Iterable[str]) -> "list[Field[Any, Any]]":
    return [queryset.query.annotations[name].output_field for name in sorts]
