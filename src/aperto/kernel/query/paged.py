"""One page of a selection."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Field, Q, QuerySet
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.record import ALIVE, Record
from aperto.kernel.query import cursor, engines, rows
from aperto.kernel.query.cursor import Position
from aperto.kernel.query.engines.expressions import among_any, among_keys, union
from aperto.kernel.query.owners_in_turn import leading
from aperto.kernel.query.paging import Phase, phases
from aperto.kernel.query.reach import ranges, shares, table
from aperto.kernel.query.rows import Plan, Row
from aperto.kernel.query.sorting import Key, keys_of
from aperto.kernel.query.source import Source
from aperto.kernel.query.statements import Build, Rows, Word, fetch

USUAL, MOST = 50, 500
LARGEST_CHUNK = 5_000
MOST_PARTS = 12  # owner and teams, whose ranges of an index are merged
REMEMBERED = 60.0  # seconds
MOST_COUNTED = 10_000
KEPT = (str, datetime, UUID, type(None))  # values of a position that a kept statement can be given
SPARE = 50  # rows that are read in place of private ones
FEW = 2_000  # rows that are sorted as fast as an index is walked

_counted: dict[tuple[Any, ...], tuple[float, bool]] = {}

type Place = tuple[str, int, int]  # signature of the sort, number of the phase, how many rows at most


class Way(Enum):
    """How the rows that the actor's right reaches are found (see `_way`)."""

    WALKED = 0
    MERGED = 1
    COLLECTED = 2


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page; None at the end."""

    rows: list[Row]
    next: str | None


def page(source: Source, columns: Sequence[str] | None, sort: str, after: str | None, limit: int) -> Page:
    check(limit)
    planned = rows.plan(source.declaration, columns, source.actor)
    return _page(source, planned, keys_of(sort, source.declaration, source.actor), after, limit)


def check(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise FieldError(_("A page holds between 1 and %(most)s records.") % {"most": MOST})


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
    raws, following = raw(source, planned.names, keys, after, limit)
    return Page(rows.read(planned, raws, source.actor), following)


def raw(
    source: Source, names: Sequence[str], keys: Sequence[Key], after: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], str | None]:
    """The columns `names` of a page, of which the first is the key, and the cursor of the following page."""
    signature = ",".join([source.declaration.key, *(f"{'-' * key.descending}{key.name}" for key in keys)])
    position = cursor.read(after, signature, _types(source, keys)) if after else None
    raws: list[Sequence[Any]] = []
    first = _narrowed(source, keys, position, limit + 1)
    for number in range(len(phases(keys, position))):
        read = source if number else first
        raws += _read(read, names, keys, position, (signature, number, limit + 1 - len(raws)))
        if len(raws) > limit:
            break
    shown = raws[:limit]
    more = len(raws) > limit
    last = cursor.write(signature, shown[-1][-len(keys) :] if keys else (), shown[-1][0]) if more else None
    return [each[: len(names)] for each in shown], last


def _narrowed(source: Source, keys: Sequence[Key], position: Position | None, most: int) -> Source:
    """The source cut to what can be on the page, where that is known before it is read."""
    if position is not None and position.values[:1] == (None,):
        return source
    condition = leading(source, keys, position, most)
    return source if condition is None else replace(source, conditions=(*source.conditions, condition))


def _read(
    source: Source, names: Sequence[str], keys: Sequence[Key], position: Position | None, place: Place
) -> Rows:
    """At most so many rows of a phase, from the start or after a position."""
    way = _way(source, keys)
    if way is Way.WALKED and source.unguarded is not None and _is_sorted(source, keys):
        found = _ahead(source, source.unguarded, names, keys, position, place)
        if found is not None:
            return found
    return _fetched(source, names, keys, position, place, way)


def _is_sorted(source: Source, keys: Sequence[Key]) -> bool:
    """Whether all rows are read to sort them, because no index has their order."""
    ordered = {index.fields_orders[0][0] for index in source.declaration.model._meta.indexes if index.fields}
    return bool(keys) and keys[0].column not in ordered and not source.is_narrow


def _ahead(
    source: Source,
    unguarded: Q,
    names: Sequence[str],
    keys: Sequence[Key],
    position: Position | None,
    place: Place,
) -> Rows | None:
    """The same, found before it is asked which of them are private: asked of each row of a big table, that
    costs more than to sort it. None where so many are private that too few are left."""
    signature, number, most = place
    open_ = source.recut(unguarded, source.narrowing, *source.conditions)
    more = (signature, number, most + SPARE)
    found = _fetched(open_, names, keys, position, more, _way(open_, keys))
    reached = seen(source, [row[0] for row in found])
    kept = [row for row in found if row[0] in reached][:most]
    return kept if len(kept) == most or len(found) < most + SPARE else None


def seen(source: Source, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the keys that the right reaches."""
    declaration = source.declaration
    cuts = [among_keys("pk", ids), source.access]
    build: Build = lambda given: table(declaration).filter(*given).values_list("pk")  # noqa: E731
    found = fetch(declaration.model, ("seen", declaration.key), cuts, build) if ids else []
    return {key for (key,) in found}


def _fetched(
    source: Source,
    names: Sequence[str],
    keys: Sequence[Key],
    position: Position | None,
    place: Place,
    way: Way,
) -> Rows:
    """By a statement that is kept."""
    _signature, number, most = place
    cuts = [source.access, source.narrowing, *source.conditions]
    after = _values(position)

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        begun = _position(given[len(cuts) :])
        phase = phases(keys, begun)[number]
        return _statement(source.recut(*given[: len(cuts)]), names, keys, phase, most, way)

    name = ("page", way, source.deleted, tuple(names), *place)
    fits = position is None or all(isinstance(each, KEPT) for each in position.values)
    if not fits or any(key.of_actor for key in keys):
        return list(build([*cuts, *after]))
    return fetch(source.declaration.model, name, [*cuts, *after], build)


def _values(position: Position | None) -> list[Q]:
    """The position as what a kept statement takes its values from."""
    if position is None:
        return []
    values = [Word(each) if isinstance(each, str) else each for each in position.values]
    return [Q(("after", each)) for each in (*values, position.id)]


def _position(given: Sequence[Q]) -> Position | None:
    values = [each.children[0][1] for each in given]  # type: ignore[index]  # as `_values` makes them
    return Position(tuple(values[:-1]), values[-1]) if values else None


def _statement(
    source: Source, names: Sequence[str], keys: Sequence[Key], phase: Phase, most: int, way: Way
) -> "QuerySet[Any, Any]":
    made = {key.read_as: key.expression for key in keys if not key.column}
    rows = _reached(source, phase, most, way).annotate(**made).order_by(*phase.order)
    return rows.values_list(*names, *(key.read_as for key in keys))[:most]


def _way(source: Source, keys: Sequence[Key]) -> Way:
    """Where access is by owner or team, an engine that knows no better walks the index of the sort until the
    page is full: long for whoever sees little. The rows of an owner or of a team are ranges of an index in
    the order of their change, so the beginnings of these are merged; in another order they are collected
    when they are few. What points at one record or names its keys is narrower than any right.
    """
    parts = shares(source.access)
    if not 1 < len(parts) <= MOST_PARTS or source.is_narrow or not engines.current().merges_ranges:
        return Way.WALKED
    if [key.column for key in keys] == ["updated_at"] and ranges(source.access):
        return Way.MERGED
    return Way.COLLECTED if keys and _are_few(source, parts) else Way.WALKED


def _reached(source: Source, phase: Phase, most: int, way: Way) -> QuerySet[Record]:
    """The rows of a phase, or of them at least the first `most`."""
    if way is Way.WALKED:
        return source.rows().filter(phase.condition)
    parts = shares(source.access)
    if way is Way.MERGED:
        beginnings = [source.rows(part).filter(phase.condition).order_by(*phase.order) for part in parts]
        return source.uncut(among_any("pk", [rows.values("pk")[:most] for rows in beginnings]))
    keyed = [source.rows(part).values("pk") for part in parts]
    return source.uncut(among_any("pk", keyed), phase.condition)


def _are_few(source: Source, parts: Sequence[Q]) -> bool:
    """Whether access alone leaves few rows; counted in the indexes of owner and team, and then remembered:
    an answer that has become wrong costs time and nothing else."""
    key = (source.declaration.key, source.actor.user_id, source.actor.team_ids, len(parts))
    counted_at, few = _counted.get(key, (0.0, False))
    if not counted_at or time.monotonic() - counted_at > REMEMBERED:
        if len(_counted) > MOST_COUNTED:
            _counted.clear()
        few = _count_few(source, parts)
        _counted[key] = (time.monotonic(), few)
    return few


def _count_few(source: Source, parts: Sequence[Q]) -> bool:
    seen = [table(source.declaration).filter(ALIVE, part).values("pk")[: FEW + 1] for part in parts]
    connection = connections[seen[0].db]
    sql, values = union(seen, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS seen", values)  # noqa: S608 - made by Django
        number: int = cursor.fetchone()[0]
    return number <= FEW


def _types(source: Source, keys: Sequence[Key]) -> "list[Field[Any, Any]]":
    """What the values of a position are compared with."""
    named = {f"sort_{place}": key.expression for place, key in enumerate(keys) if not key.column}
    annotations = source.uncut().annotate(**named).query.annotations if named else {}
    columns = {field.name: field for field in source.declaration.model._meta.concrete_fields}
    return [
        columns[key.column] if key.column else annotations[f"sort_{place}"].output_field
        for place, key in enumerate(keys)
    ]
