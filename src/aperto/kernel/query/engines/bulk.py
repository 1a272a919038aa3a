"""Many rows into one table at once, without what Django's compiler does for every single value.

Measured on 10,000 contacts: a fifth of the time of `bulk_create`. The values are prepared by Django's own
columns, so what is stored is the same; few rows take Django's way.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, router
from django.db.models import Model

FEW = 20  # below this Django's way is as fast
PART = 1_000  # rows of one statement

type Prepare = Callable[[Any], Any]


def insert(rows: Sequence[Model]) -> None:
    """Inserts the rows of one model. Their key is their own; a key that the database gives is not told."""
    if not rows:
        return
    model, alias = type(rows[0]), router.db_for_write(type(rows[0]))
    if len(rows) < FEW:
        model._base_manager.using(alias).bulk_create(rows)
        return
    names = tuple(field.attname for field in _written(model))
    _write(model, alias, names, map(attrgetter(*names), rows))
    for row in rows:
        row._state.adding, row._state.db = False, alias


def insert_values(model: type[Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """The same from plain values of the named attributes, which spares making a model of each row."""
    if len(rows) < FEW:
        insert([model(**dict(zip(names, row, strict=True))) for row in rows])
    else:
        _write(model, router.db_for_write(model), names, rows)


def _write(model: type[Model], alias: str, names: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    columns, prepares = _plan(model, alias, names)
    prepared = [
        [value if prepare is None or value is None else prepare(value)
         for prepare, value in zip(prepares, row, strict=True)]
        for row in rows
    ]  # fmt: skip
    send = WRITERS[connections[alias].vendor]
    for start in range(0, len(prepared), PART):
        send(alias, model._meta.db_table, columns, prepared[start : start + PART])


def _written(model: type[Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


@lru_cache(maxsize=256)
def _plan(model: type[Model], alias: str, names: tuple[str, ...]) -> tuple[list[str], list[Prepare | None]]:
    """Columns, and what prepares a value for each of them."""
    known = {field.attname: field for field in _written(model)}
    fields = [known[name] for name in names]
    return [str(field.column) for field in fields], [_prepare(field, alias) for field in fields]


def _prepare(field: "models.Field[Any, Any]", alias: str) -> Prepare | None:
    """How a value of this column is written; None where it is as Python has it."""
    connection = connections[alias]
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "postgresql" or isinstance(field, PLAIN):
        return None
    if isinstance(field, models.UUIDField):
        return lambda value: value.hex
    if isinstance(field, models.DateTimeField):
        return lru_cache(maxsize=256)(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)


PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def _json(value: Any) -> str:
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return json.dumps(value, cls=DjangoJSONEncoder)


def _insert_many(alias: str, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    quote = connections[alias].ops.quote_name
    listed, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connections[alias].cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table)} ({listed}) VALUES ({places})", rows)  # noqa: S608 - names of models


def _copy(alias: str, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    connection = connections[alias]
    quote = connection.ops.quote_name
    statement = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


WRITERS: dict[str, Callable[[str, str, Sequence[str], Sequence[Sequence[Any]]], None]] = {
    "sqlite": _insert_many,
    "postgresql": _copy,
}
