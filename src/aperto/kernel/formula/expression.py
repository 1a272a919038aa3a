"""A formula as an expression of the database, to filter, sort and add up by.

PostgreSQL is given SQL. SQLite knows no decimals, so it calls back: the same Python function that shows the
value computes it for each row, and both agree to the last figure.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import BooleanField, DateField, DateTimeField, Expression, Field, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from aperto.kernel.folding import fold
from aperto.kernel.formula.kinds import load
from aperto.kernel.formula.program import Program, suffixes
from aperto.kernel.formula.sql import Sql as Piece
from aperto.kernel.formula.types import Context, Type
from aperto.kernel.query.engines.expressions import Sql
from aperto.kernel.query.engines.json_path import NumberField

FUNCTION = "aperto_formula"
OUTPUT: "Mapping[Type, type[Field[Any, Any]]]" = {
    Type.NUMBER: NumberField,
    Type.MONEY: NumberField,
    Type.DURATION: NumberField,
    Type.TEXT: TextField,
    Type.DATE: DateField,
    Type.DATETIME: DateTimeField,
    Type.BOOLEAN: BooleanField,
}


class Computation:
    """What SQLite calls for each row. It lives as long as a query that names it."""

    def __init__(self, program: Program, suffix: str, context: Context) -> None:
        self.program, self.suffix, self.context = program, suffix, context
        self.number = next(_numbers)
        _computations[self.number] = self

    def __call__(self, raws: list[Any]) -> Any:
        values, place = {}, 0
        for use in self.program.uses:
            end = place + len(suffixes(use))
            values[use.path] = load(use, raws[place:end], self.context)
            place = end
        return self.outward(self.program.value(values, self.context))

    def outward(self, value: Any) -> Any:
        """The part of the result as SQLite keeps such values."""
        if value is None:
            return None
        match self.program.type:
            case Type.MONEY:
                part = {"": value.amount, "_currency": value.currency, "_base": value.base}[self.suffix]
                return part if part is None or isinstance(part, str) else float(part)
            case Type.NUMBER | Type.DURATION:
                return float(value)
            case Type.TEXT:
                return (fold(value) or None) if self.suffix else value
            case Type.DATETIME:
                return str(value.replace(tzinfo=None))
            case Type.DATE:
                return value.isoformat()
        return int(value)


_numbers = count(1)
_computations: WeakValueDictionary[int, Computation] = WeakValueDictionary()


def compute(number: int, *raws: Any) -> Any:
    return _computations[number](list(raws))


def teach(connection: BaseDatabaseWrapper, **context: Any) -> None:
    """Each new connection of SQLite learns the function."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, -1, compute)


connection_created.connect(teach, dispatch_uid=FUNCTION)


class Computed(Func):
    """One part of the result of a formula, for one actor at one moment: no statement with it may be kept."""

    of_actor = True

    def __init__(self, program: Program, suffix: str, context: Context, *sources: Any) -> None:
        self.computation = Computation(program, suffix, context)
        is_text = suffix == "_currency"
        super().__init__(*sources, output_field=TextField() if is_text else OUTPUT[program.type]())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Computed) and other.computation is self.computation

    def __hash__(self) -> int:
        return hash(self.computation)

    def __repr__(self) -> str:
        return f"Computed({self.computation.number})"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        texts = ["%s"]
        parameters: list[Any] = [self.computation.number]
        for source in self.get_source_expressions():
            text, values = compiler.compile(source)
            texts.append(text)
            parameters += values
        return f"{FUNCTION}({', '.join(texts)})", tuple(parameters)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        made = self.computation
        sources: list[Expression] = self.get_source_expressions()
        compiled = iter([Piece(text, tuple(values)) for text, values in map(compiler.compile, sources)])
        pieces = {use.path: [next(compiled) for _suffix in suffixes(use)] for use in made.program.uses}
        written = made.program.sql(pieces, made.context, made.suffix)
        return written.text, written.parameters
