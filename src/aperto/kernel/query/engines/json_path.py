"""A value inside the JSON column `custom`, written so that an expression index serves it.

The path is a literal of the statement: as a bound parameter (Django's own key transforms) no engine
matches it with an index. The key is therefore checked here, at the only place that writes it into SQL.
"""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, FloatField, Func, JSONField, TextField
from django.db.models.sql.compiler import SQLCompiler

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")


class Cast(StrEnum):
    """How a JSON value is compared: dates, times and keys are ISO text; decimals are text of digits."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    RAW = "raw"


class NumberField(FloatField):  # type: ignore[type-arg]  # Django has no parameters at run time
    """Exact on PostgreSQL; a floating number on SQLite, where a decimal would hide the index."""

    def get_prep_value(self, value: Any) -> Any:
        return value if isinstance(value, Decimal) else super().get_prep_value(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return float(value) if isinstance(value, Decimal) and connection.vendor == "sqlite" else value


OUTPUT: dict[Cast, "type[Field[Any, Any]]"] = {
    Cast.TEXT: TextField,
    Cast.NUMBER: NumberField,
    Cast.BOOLEAN: BooleanField,
    Cast.RAW: JSONField,
}
SQLITE = {
    Cast.TEXT: """JSON_EXTRACT(%(column)s, '$."{key}"')""",
    Cast.NUMBER: """CAST(JSON_EXTRACT(%(column)s, '$."{key}"') AS REAL)""",
    Cast.BOOLEAN: """JSON_EXTRACT(%(column)s, '$."{key}"')""",
    Cast.RAW: """JSON_EXTRACT(%(column)s, '$."{key}"')""",
}
POSTGRESQL = {
    Cast.TEXT: "(%(column)s ->> '{key}')",
    Cast.NUMBER: (
        "(CASE WHEN (%(column)s ->> '{key}') ~ '^-?[0-9]+([.][0-9]+)?$'"
        " THEN (%(column)s ->> '{key}')::numeric END)"
    ),
    Cast.BOOLEAN: "(%(column)s -> '{key}' = 'true'::jsonb)",
    Cast.RAW: "(%(column)s -> '{key}')",
}


class JsonPath(Func):
    """The value under `key` of the JSON column `column`, as text, number, boolean or raw JSON."""

    def __init__(self, key: str, cast: Cast, column: str = "custom") -> None:
        if not KEY.fullmatch(key):
            raise ValueError(f"not a field key: {key!r}")
        self.key, self.cast = key, cast
        super().__init__(F(column), output_field=OUTPUT[cast]())

    def __repr__(self) -> str:
        return f"JsonPath({self.key!r}, {self.cast})"

    def _written(self, templates: dict[Cast, str], compiler: SQLCompiler) -> tuple[str, tuple[Any, ...]]:
        column, parameters = compiler.compile(self.source_expressions[0])
        sql = templates[self.cast].replace("{key}", self.key) % {"column": column}
        return sql, tuple(parameters) * sql.count(column) if parameters else ()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        return self._written(SQLITE, compiler)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        return self._written(POSTGRESQL, compiler)
