"""Conditions on the tables of single shares and of private records, in the words of each engine.

Their text depends on nothing but the object, so that statements that hold them are kept.
"""

from collections.abc import Hashable, Iterable
from typing import Any, Self
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.query.engines.expressions import AmongKeys, KeptKeys, Sql, listed

MANY = 300
SHARES = (
    "SELECT record FROM kernel_record_share WHERE grantee {among} AND object = %s AND (edit OR NOT %s)"
    " AND (expires_at IS NULL OR expires_at > {now})"
)


class SharedSingly(AmongKeys):
    """`column` is a record that is shared with one of the grantees."""

    lookup_name = "shared_singly"

    def __init__(self, lhs: Any, rhs: Any, object_key: str = "", edit: bool = False) -> None:
        super().__init__(lhs, rhs)
        self.object_key, self.edit = object_key, edit

    @property
    def shape(self) -> Hashable:
        return (super().shape, self.object_key, self.edit)

    def with_keys(self, keys: Any) -> Self:
        return type(self)(self.lhs, keys, self.object_key, self.edit) if self.rhs else self

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        shares = SHARES.format(among="IN (SELECT value FROM json_each(%s))", now="datetime('now')")
        return self._among(compiler, connection, "{} IN ({})", shares)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """As an array the keys are known before the rows are looked for, so that an index finds these."""
        shares = SHARES.format(among="= ANY(%s::uuid[])", now="statement_timestamp()")
        return self._among(compiler, connection, "{} = ANY(ARRAY({}))", shares)

    def _among(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, form: str, shares: str) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        values = (listed(self.rhs, connection), self.object_key, self.edit)
        return form.format(column, shares), (*parameters, *values)


class OwnedByMany(AmongKeys):
    """`column` is one of very many owners. PostgreSQL would weigh each of them while it plans, for longer
    than it then reads; told nothing, it supposes that half of the rows are theirs, and walks."""

    lookup_name = "owned_by_many"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        sql = f"{column} IN (SELECT unnest(%s::uuid[]))"  # noqa: S608 - a column of a model
        return sql, (*parameters, listed(self.rhs, connection))


class IsPrivate(Lookup):
    """`column` is the key of a private record. No two records of any objects share a key, so the index of
    the keys tells all; and SQLite asks it without a subroutine for each row."""

    lookup_name = "is_private"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        return self._private(compiler, connection, "{} IN (SELECT record FROM kernel_private_record)")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Told of an offset, it looks each key up; else it reads all private records for a page of rows."""
        rows = "SELECT 1 FROM kernel_private_record AS private WHERE private.record = {} OFFSET 0"
        return self._private(compiler, connection, f"EXISTS ({rows})")

    def _private(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, form: str) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        return form.format(column), tuple(parameters)


def shared_singly(object_key: str, grantees: Iterable[UUID], *, edit: bool) -> SharedSingly:
    return SharedSingly(F("pk"), list(grantees), object_key, edit)


def owned_by(owners: Iterable[UUID]) -> AmongKeys:
    keys = KeptKeys(owners)
    return (OwnedByMany if len(keys) > MANY else AmongKeys)(F("owner"), keys)


def private(object_key: str) -> IsPrivate:
    return IsPrivate(F("pk"), object_key)
