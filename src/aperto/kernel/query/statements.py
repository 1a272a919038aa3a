"""Statements that Django has made once and that are asked again with other values.

Making a statement of forty columns costs Django more than the database needs to answer it. Conditions that
differ only in keys and moments have the same shape, so the text of the statement is kept under its shape and
the values are put where they belong. What has no known shape is made anew each time, as before.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ExpressionWrapper, F, Model, Q, QuerySet
from django.db.models.lookups import Lookup

from aperto.kernel.query.engines.expressions import AmongKeys, listed
from aperto.kernel.query.engines.loading import loaders


class Word(str):
    """A text that differs from time to time, such as the key of a session, and is no part of the shape."""

    __slots__ = ()


KEPT = 1_000
PLAIN = (str, int, bool, Decimal, date, timedelta, F, type(None))
VALUES = (UUID, datetime, Word)

type Build = Callable[[Sequence[Q]], "QuerySet[Any, Any]"]
type Rows = list[tuple[Any, ...]]


class Shapeless(Exception):
    """A condition holds something whose shape is not known, such as another query."""


@dataclass(frozen=True)
class Statement:
    """`slots` says for each parameter which value it is; None for those that are always the same."""

    sql: str
    parameters: tuple[Any, ...]
    slots: tuple[int | None, ...]
    loads: tuple[tuple[int, Callable[[Any], Any]], ...]

    def rows(self, connection: BaseDatabaseWrapper, values: Sequence[Any]) -> Rows:
        if not self.sql:
            return []
        given = [_written(each, connection) for each in values]
        parameters = [
            held if slot is None else given[slot]
            for held, slot in zip(self.parameters, self.slots, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return self.loaded(cursor.fetchall())

    def counted(self) -> "Statement":
        """The statement that tells how many rows this one has."""
        sql = self.sql and f"SELECT COUNT(*) FROM ({self.sql}) AS counted"  # noqa: S608 - made by Django
        return replace(self, sql=sql, loads=())

    def loaded(self, raws: Sequence[Sequence[Any]]) -> Rows:
        """Raw rows with the values that Python has for them, made column by column."""
        if not raws or not self.loads:
            return list(map(tuple, raws))
        columns: list[Sequence[Any]] = list(zip(*raws, strict=True))
        for place, load in self.loads:
            columns[place] = [None if raw is None else load(raw) for raw in columns[place]]
        return list(zip(*columns, strict=True))


_kept: OrderedDict[Hashable, Statement] = OrderedDict()


def fetch(model: type[Model], name: tuple[Hashable, ...], conditions: Sequence[Q], build: Build) -> Rows:
    """The rows of the query of `model` that `build` makes of the conditions, as `values_list` gives them.

    `name` says all else that the statement depends on."""
    try:
        return _asked(model, name, conditions, build)
    except Shapeless:
        return list(build(conditions))


def number(model: type[Model], name: tuple[Hashable, ...], conditions: Sequence[Q], build: Build) -> int:
    """How many rows the query has, which may have a limit."""
    try:
        found = _asked(model, ("number", *name), conditions, build, counted=True)
    except Shapeless:
        return build(conditions).count()
    return int(found[0][0]) if found else 0


def _asked(
    model: type[Model],
    name: tuple[Hashable, ...],
    conditions: Sequence[Q],
    build: Build,
    counted: bool = False,
) -> Rows:
    values: list[Any] = []
    alias = router.db_for_read(model)
    shape = (alias, model, *name, *[_shape(each, values) for each in conditions])
    statement = _kept.get(shape)
    if statement is None:
        statement = _made(conditions, values, build, connections[alias])
        _kept[shape] = statement = statement.counted() if counted else statement
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    return statement.rows(connections[alias], values)


def instances[M: Model](model: type[M], name: str, conditions: Sequence[Q], *order: str) -> list[M]:
    """Whole rows as models, for tables that hold no records: sessions, users, saved views."""
    columns = [field.attname for field in model._meta.concrete_fields]
    manager = model._default_manager

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        return manager.filter(*given).order_by(*order).values_list(*columns)

    alias = router.db_for_read(model)
    return [model.from_db(alias, columns, row) for row in fetch(model, (name, *order), conditions, build)]


def _made(
    conditions: Sequence[Q], values: Sequence[Any], build: Build, connection: BaseDatabaseWrapper
) -> Statement:
    """The statement, made with marks in place of the values, which shows where each of them belongs."""
    marks = [_mark(value) for value in values]
    waiting = iter(marks)
    rows = build([_with(each, waiting) for each in conditions])
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Statement("", (), (), ())
    places = {_written(mark, connection): place for place, mark in enumerate(marks)}
    slots = tuple(places.get(each) if isinstance(each, Hashable) else None for each in parameters)
    if len(places.keys() & {each for each in parameters if isinstance(each, Hashable)}) < len(marks):
        raise Shapeless
    return Statement(sql, tuple(parameters), slots, loaders(compiler, connection))


def _written(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """The value as a parameter."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return listed(value, connection)


def _mark(value: Any) -> Any:
    """A value of the same kind that occurs nowhere else."""
    if isinstance(value, Word):
        return Word(uuid4().hex)
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return datetime(3000, 1, 1, tzinfo=UTC) + timedelta(microseconds=uuid4().int >> 80)
    return [uuid4()]


# -- shapes ------------------------------------------------------------------------------------------


def _shape(item: Any, values: list[Any]) -> Hashable:
    """What conditions have in common that differ only in their values, which are collected in order."""
    if isinstance(item, Q):
        return (item.connector, item.negated, *[_shape(child, values) for child in item.children])
    if isinstance(item, AmongKeys):
        values += [item.rhs] if item.rhs else []
        return item.shape
    if isinstance(item, Lookup):
        return (type(item), _side(item.lhs, values), _side(item.rhs, values))
    if isinstance(item, tuple):
        name, value = item
        return (name, _side(value, values))
    raise Shapeless


def _side(value: Any, values: list[Any]) -> Hashable:
    if isinstance(value, VALUES):
        values.append(value)
        return (type(value),)
    if isinstance(value, PLAIN):
        return (type(value), value)
    if isinstance(value, list | tuple):
        return (type(value), *[_side(each, values) for each in value])
    if isinstance(value, ExpressionWrapper):
        return _shape(value.expression, values)
    raise Shapeless


def _with(item: Any, marks: Iterator[Any]) -> Any:
    """The same condition with other values: the mirror of `_shape`."""
    if isinstance(item, Q):
        children = [_with(child, marks) for child in item.children]
        return Q.create(children, connector=item.connector, negated=item.negated)
    if isinstance(item, AmongKeys):
        return item.with_keys(next(marks)) if item.rhs else item
    if isinstance(item, Lookup):
        changed = copy(item)
        changed.lhs, changed.rhs = _with_side(item.lhs, marks), _with_side(item.rhs, marks)
        return changed
    name, value = item
    return (name, _with_side(value, marks))


def _with_side(value: Any, marks: Iterator[Any]) -> Any:
    if isinstance(value, VALUES):
        return next(marks)
    if isinstance(value, list | tuple):
        return type(value)(_with_side(each, marks) for each in value)
    if isinstance(value, ExpressionWrapper):
        return ExpressionWrapper(_with(value.expression, marks), output_field=value.output_field)
    return value


def forget() -> None:
    _kept.clear()
