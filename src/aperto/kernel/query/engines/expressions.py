"""Expressions that the two engines write differently or that Django has no word for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, ExpressionWrapper, F, Func, Q, TextField
from django.db.models.lookups import Exact, In, Lookup
from django.db.models.sql.compiler import SQLCompiler

type Sql = tuple[str, tuple[Any, ...]]


class AmongKeys(Lookup[Any] if TYPE_CHECKING else Lookup):
    """`column` is one of many keys, sent as one parameter however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        listed = "[" + ",".join(f'"{key.hex}"' for key in self.rhs) + "]"
        sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column of a model
        return sql, (*parameters, listed)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*parameters, "{" + ",".join(key.hex for key in self.rhs) + "}")


def among_keys(column: str, keys: Iterable[UUID]) -> Q:
    return Q(AmongKeys(F(column), list(keys)))


class Hexadecimal(Func):
    """A key column as its 32 digits, the way the JSON column keeps a key."""

    output_field = TextField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return compiler.compile(self.source_expressions[0])  # type: ignore[return-value]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"REPLACE({column}::text, '-', '')", tuple(parameters)


class Unindexed(Func):
    """A column that SQLite may not look up in an index (its unary plus); the same column elsewhere."""

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def _resolve_output_field(self) -> Any:
        return self.source_expressions[0].output_field

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"+{column}", tuple(parameters)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return compiler.compile(self.source_expressions[0])  # type: ignore[return-value]


UNINDEXED = {"": Exact, "exact": Exact, "in": In}


def unindexed(condition: Q) -> Q:
    """The condition of access, with each of its columns hidden from the indexes."""
    children: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(unindexed(child))
        elif isinstance(child, tuple) and child[0] != "pk__in":
            column, _mark, lookup = child[0].partition("__")
            children.append(UNINDEXED[lookup](Unindexed(column), child[1]))
        else:
            children.append(child)
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


class IsNotTrue(Func):
    """The opposite of a condition, which an absent value fulfils: SQL's NOT would answer neither."""

    output_field = BooleanField()
    template = "((%(expressions)s) IS NOT TRUE)"

    def __init__(self, condition: Q) -> None:
        super().__init__(ExpressionWrapper(condition, output_field=BooleanField()))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Django says by an exception that a condition holds for no row, or for all."""
        try:
            return super().as_sql(compiler, connection, **context)  # type: ignore[return-value]
        except EmptyResultSet:
            return "1 = 1", ()
        except FullResultSet:
            return "1 = 0", ()


def opposite(condition: Q) -> Q:
    return Q(IsNotTrue(condition))
