"""Expressions that the two engines write differently or that Django has no word for."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, ExpressionWrapper, F, Func, Q, QuerySet, TextField
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

type Sql = tuple[str, tuple[Any, ...]]


class AmongKeys(Lookup):
    """`column` is one of many keys, sent as one parameter however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    @property
    def shape(self) -> Hashable:
        """All but the keys: what the text of a statement depends on."""
        return (type(self), self.lhs, bool(self.rhs))

    def with_keys(self, keys: Any) -> Self:
        return type(self)(self.lhs, keys) if self.rhs else self

    def process_lhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, lhs: Any = None) -> Any:
        if not self.rhs:
            raise EmptyResultSet  # Django then asks the database nothing
        return super().process_lhs(compiler, connection, lhs)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column of a model
        return sql, (*parameters, listed(self.rhs, connection))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*parameters, listed(self.rhs, connection))


class AtRecords(AmongKeys):
    """The same where few rows point at each of the keys. SQLite's statistics are of an average value: of a
    pointer that is mostly absent they say that it leads to everything."""

    lookup_name = "at_records"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        sql, parameters = super().as_sqlite(compiler, connection)
        return f"likelihood({sql}, 0.0001)", parameters


class LinkedTo(AmongKeys):
    """`column` is the left side of a link of this kind to one of the keys."""

    lookup_name = "linked_to"

    def __init__(self, lhs: Any, rhs: Any, kind: str = "") -> None:
        super().__init__(lhs, rhs)
        self.kind = kind

    @property
    def shape(self) -> Hashable:
        return (super().shape, self.kind)

    def with_keys(self, keys: Any) -> Self:
        return type(self)(self.lhs, keys, self.kind) if self.rhs else self

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return self._linked(compiler, connection, "IN (SELECT value FROM json_each(%s))")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return self._linked(compiler, connection, "= ANY(%s::uuid[])")

    def _linked(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, among: str) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        links = f'SELECT "left" FROM kernel_relation WHERE kind = %s AND "right" {among}'  # noqa: S608 - ours
        return f"{column} IN ({links})", (*parameters, self.kind, listed(self.rhs, connection))


class KeptKeys(list[UUID]):
    """Many keys that are asked for again and again, such as whose records a rule shares: listed once."""

    def __init__(self, keys: Iterable[UUID]) -> None:
        super().__init__(keys)
        self.listed: dict[str, str] = {}


def listed(keys: Iterable[UUID], connection: BaseDatabaseWrapper) -> str:
    """Many keys as one parameter."""
    if not isinstance(keys, KeptKeys):
        return _listed(keys, connection)
    held = keys.listed.get(connection.vendor)
    if held is None:
        held = keys.listed[connection.vendor] = _listed(keys, connection)
    return held


def _listed(keys: Iterable[UUID], connection: BaseDatabaseWrapper) -> str:
    if connection.vendor == "postgresql":
        return "{" + ",".join(key.hex for key in keys) + "}"
    return "[" + ",".join(f'"{key.hex}"' for key in keys) + "]"


def among_keys(column: str, keys: Iterable[UUID]) -> Q:
    return Q(AmongKeys(F(column), list(keys)))


class AmongAny(Lookup):
    """`column` is in the result of one of several queries, each of which may have an order and a limit.

    Django's own union takes neither on SQLite.
    """

    lookup_name = "among_any"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        sql, values = union(self.rhs, connection)
        return f"{column} IN ({sql})", (*parameters, *values)


def union(queries: Sequence["QuerySet[Any, Any]"], connection: BaseDatabaseWrapper) -> Sql:
    """The results of the queries one after the other."""
    parts = [query.query.get_compiler(connection=connection).as_sql() for query in queries]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part" for part, _values in parts)  # noqa: S608
    return sql, tuple(value for _part, values in parts for value in values)


def among_any(column: str, queries: Sequence["QuerySet[Any, Any]"]) -> Q:
    return Q(AmongAny(F(column), tuple(queries)))


class Hexadecimal(Func):
    """A key column as its 32 digits, the way the JSON column keeps a key."""

    output_field = TextField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return compiler.compile(self.source_expressions[0])

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"REPLACE({column}::text, '-', '')", tuple(parameters)


class IsNotTrue(Lookup):
    """The opposite of a condition, which an absent value fulfils: SQL's NOT would answer neither."""

    lookup_name = "is_not_true"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Django says by an exception that a condition holds for no row, or for all."""
        try:
            sql, parameters = self.process_lhs(compiler, connection)
        except EmptyResultSet:
            return "1 = 1", ()
        except FullResultSet:
            return "1 = 0", ()
        return f"(({sql}) IS NOT TRUE)", tuple(parameters)


def opposite(condition: Q) -> Q:
    return Q(IsNotTrue(ExpressionWrapper(condition, output_field=BooleanField()), True))
