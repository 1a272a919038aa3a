"""The middle of many values; of an even number, the mean of the two in the middle.

PostgreSQL is asked for both of them, because its own interpolation answers with a rounded floating number.
SQLite knows no median, so it is taught one.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Aggregate, Field, FloatField, IntegerField
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.query.engines.expressions import Sql

FUNCTION = "aperto_median"


class Values:
    """What SQLite collects for one group of rows."""

    def __init__(self) -> None:
        self.held: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.held.append(value)

    def finalize(self) -> float | None:
        if not self.held:
            return None
        self.held.sort()
        low, high = self.held[(len(self.held) - 1) // 2], self.held[len(self.held) // 2]
        return low if low == high else (low + high) / 2


class Median(Aggregate):
    function = FUNCTION
    name = "Median"

    def _resolve_output_field(self) -> "Field[Any, Any] | None":
        """The middle of two whole numbers need not be one."""
        source = self.get_source_fields()[0]
        return FloatField() if isinstance(source, IntegerField) else source

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        value, parameters = compiler.compile(self.source_expressions[0])
        middle = f"percentile_disc(0.5) WITHIN GROUP (ORDER BY {value}"
        return f"(({middle}) + {middle} DESC)) / 2.0)", (*parameters, *parameters)


def teach(connection: BaseDatabaseWrapper, **context: Any) -> None:
    """Each new connection of SQLite learns the function."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate(FUNCTION, 1, Values)


connection_created.connect(teach, dispatch_uid=FUNCTION)
