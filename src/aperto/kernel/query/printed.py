"""A page of a list as JSON, made column by column from the raw rows, without an object for any of them.

What it says of a value is what `Field.to_json` says; a kind whose JSON form is what its column holds is not
even asked (see `Field.json_of_first_part`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field, Ref, same
from aperto.kernel.query import paged, rows
from aperto.kernel.query.sorting import keys_of
from aperto.kernel.query.source import Source

FIRST = ("id", "version")
MOST_SHEETS = 500

type Columns = Sequence[Sequence[Any]]
type Printer = Callable[[Columns], Sequence[Any]]
type Links = dict[tuple[UUID, str], list[Ref]]


@dataclass(frozen=True)
class Printed:
    """`data` is for orjson, which writes keys and moments itself; `included` are the records pointed at."""

    data: list[dict[str, Any]]
    next: str | None
    included: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """Which columns are read for these fields, and how each is printed; None for links."""

    names: tuple[str, ...]
    printers: tuple[Printer | None, ...]


@lru_cache(MOST_SHEETS)
def _sheet(printed: tuple[Field, ...], pointing: tuple[Field, ...]) -> Sheet:
    names = dict.fromkeys(FIRST)
    for each in printed:
        names.update(dict.fromkeys(_read(each)))
    for each in pointing:
        names.update(dict.fromkeys(rows.columns_of(each)))
    places = {name: place for place, name in enumerate(names)}
    return Sheet(tuple(names), tuple(_printer(each, places) for each in printed))


def _read(each: Field) -> tuple[str, ...]:
    columns = rows.columns_of(each)
    return columns[:1] if each.json_of_first_part() else columns


def _printer(each: Field, places: dict[str, int]) -> Printer | None:
    """How a column of JSON is made from the columns that were read."""
    if each.stored_elsewhere:
        return None
    wanted = [places[name] for name in _read(each)]
    make = each.json_of_first_part() if each.stored == "column" else None
    if make is same:
        return lambda columns: columns[wanted[0]]
    if make is not None:
        return lambda columns: list(map(make, columns[wanted[0]]))
    if each.stored == "json":
        return lambda columns: [_json(each, each.from_json_parts(raw)) for raw in columns[wanted[0]]]
    return lambda columns: _joined(each, [columns[place] for place in wanted])


def _joined(each: Field, columns: Columns) -> Sequence[Any]:
    """All are joined before one is printed: formulas that follow a reference read it for all at once."""
    return [_json(each, value) for value in [each.join(parts) for parts in zip(*columns, strict=True)]]


def _json(each: Field, value: Any) -> Any:
    return None if value is None else each.to_json(value)


def page(
    source: Source, columns: Sequence[str], include: Sequence[str], sort: str, after: str | None, limit: int
) -> Printed:
    """The page of these fields, with what the fields of `include` point at beside it."""
    paged.check(limit)
    fields = rows.chosen(source.declaration, [*columns, *include], source.actor)
    printed, pointing = tuple(fields[key] for key in columns), tuple(fields[key] for key in include)
    sheet = _sheet(printed, pointing)
    keys = keys_of(sort, source.declaration, source.actor)
    raws, following = paged.raw(source, sheet.names, keys, after, limit)
    if not raws:
        return Printed([], following)
    linked = [each for each in fields.values() if each.stored_elsewhere]
    links = (
        rows.linked_of(source.actor, source.declaration, linked, [raw[0] for raw in raws]) if linked else {}
    )
    data = _data(sheet, printed, list(zip(*raws, strict=True)), links)
    return Printed(data, following, _included(source.actor, pointing, sheet, raws, links))


def _data(sheet: Sheet, printed: Sequence[Field], columns: Columns, links: Links) -> list[dict[str, Any]]:
    made = [
        printer(columns) if printer else _linked(each, columns[0], links)
        for each, printer in zip(printed, sheet.printers, strict=True)
    ]
    keys = [*FIRST, *(each.key for each in printed)]
    return [
        dict(zip(keys, values, strict=True)) for values in zip(columns[0], columns[1], *made, strict=True)
    ]


def _linked(each: Field, ids: Sequence[UUID], links: Links) -> Sequence[Any]:
    found = [links.get((id_, each.key)) for id_ in ids] if links else repeat(None, len(ids))
    return [_json(each, value) for value in found]


def _included(
    actor: Actor, pointing: Sequence[Field], sheet: Sheet, raws: Sequence[Sequence[Any]], links: Links
) -> dict[str, dict[str, str]]:
    """Title and object of each record that the rows point at through these fields, by key."""
    places = {name: place for place, name in enumerate(sheet.names)}
    readers = [(each, rows.reader(each, places)) for each in pointing]
    values = [
        (each, links.get((raw[0], each.key)) if each.stored_elsewhere else read(raw))
        for raw in raws
        for each, read in readers
    ]
    found = rows.found(actor, values)
    refs = (
        found.get(id_)
        for each, value in values
        if value is not None
        for _object, id_ in each.references(value)
    )
    return {str(ref.id): {"object": ref.object, "title": ref.title} for ref in refs if ref and ref.title}
