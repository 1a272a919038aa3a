"""A column that rows are grouped by, without an index being chosen for it."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.query.engines.expressions import Sql


class Unindexed(Func):
    """SQLite walks the index of what it groups by, through rows that other conditions throw away; a sign
    before the column, which changes nothing about its value, hides that index from it."""

    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"+{column}", tuple(parameters)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = compiler.compile(self.source_expressions[0])
        return column, tuple(parameters)
