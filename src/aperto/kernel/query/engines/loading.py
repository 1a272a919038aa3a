"""From raw values of a row to those of Python, without what Django does for every single value.

The results are Django's own; only the usual columns of SQLite have a way of their own, which skips the
general one: PostgreSQL's driver gives most values as they are meant already.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

type Load = Callable[[Any], Any]


@lru_cache(maxsize=20_000)
def _key(raw: str) -> UUID:
    """Owners, teams and companies come again and again."""
    return UUID(hex=raw)


def _moment(raw: datetime | str) -> datetime:
    """The driver reads what a column declares; of an expression it gives the text."""
    naive = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    return naive.replace(tzinfo=UTC)


def _json(raw: str) -> Any:
    """What orjson refuses, such as a number that is none, is read by what has written it."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)


SQLITE: dict[type[Any], Load] = {
    models.UUIDField: _key,
    models.DateTimeField: _moment,
    models.BooleanField: bool,
}


def loaders(compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[tuple[int, Load], ...]:
    """(place, function) of each column of a statement that needs one; absent values are left alone."""
    selected = [column[0] for column in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(selected)
    own = SQLITE if connection.vendor == "sqlite" and connection.timezone_name == "UTC" else {}
    return tuple(
        (place, own.get(type(expression.output_field)) or _django(converters, expression, connection))
        for place, (converters, expression) in found.items()
    )


def _django(converters: list[Callable[..., Any]], expression: Any, connection: BaseDatabaseWrapper) -> Load:
    field = expression.output_field
    if type(field) is models.JSONField and field.decoder is None and isinstance(expression, Col):
        return _json

    def load(raw: Any) -> Any:
        for converter in converters:
            raw = converter(raw, expression, connection)
        return raw

    return load
