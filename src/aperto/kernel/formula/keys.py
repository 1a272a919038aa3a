"""A record's key that stands in a JSON column, as the type that keys have in tables."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, UUIDField
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.query.engines.expressions import Sql


class Key(Func):
    """What is no key is taken for none, instead of breaking the statement."""

    arity = 1
    output_field = UUIDField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        text, parameters = compiler.compile(self.source_expressions[0])
        return text, tuple(parameters)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        text, parameters = compiler.compile(self.source_expressions[0])
        return f"(CASE WHEN {text} ~ '^[0-9a-f]{{32}}$' THEN ({text})::uuid END)", (*parameters, *parameters)
