"""A checked formula, ready to be computed: the same for everybody who reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from aperto.kernel.fields.money import DIGITS, MoneyValue
from aperto.kernel.formula.check import Checked, check
from aperto.kernel.formula.python import Run, Values, compiled
from aperto.kernel.formula.sql import Sql
from aperto.kernel.formula.types import Amount, Context, Type, Typed, Use
from aperto.kernel.formula.values import capped, rounded
from aperto.kernel.formula.written import finish, read, write
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry

MOST_DIGITS = 6
ANYBODY = Context(datetime(2000, 1, 1, tzinfo=UTC), "UTC", "EUR", "en")


@dataclass(frozen=True, eq=False)
class Program:
    """`digits` are those of a result that is a number with decimals."""

    root: Typed
    uses: tuple[Use, ...]
    formulas: frozenset[tuple[str, str]]
    declarations: Mapping[str, ObjectType]
    digits: int

    @property
    def type(self) -> Type:
        return self.root.type

    @property
    def is_whole(self) -> bool:
        return self.type is Type.NUMBER and self.root.whole

    @cached_property
    def own(self) -> tuple[Use, ...]:
        return tuple(use for use in self.uses if use.via is None)

    @cached_property
    def steps(self) -> tuple[Use, ...]:
        return tuple(use for use in self.uses if use.via is not None)

    @cached_property
    def run(self) -> Run:
        return compiled(self.root)

    def fits(self, declaration: ObjectType, digits: int) -> bool:
        """Whether it is still right: for this object, and all that it reads are shaped as they were."""
        if declaration.key not in self.declarations or digits != self.digits:
            return False
        return all(key in registry and registry.get(key) is held for key, held in self.declarations.items())

    # -- the result ----------------------------------------------------------------------------------

    def value(self, values: Values, context: Context) -> Any:
        """The result as a value of the field."""
        found = self.run(values, context)
        if found is None or found == "":
            return None
        if self.type is Type.MONEY:
            return self._money(found)
        if self.type in (Type.NUMBER, Type.DURATION):
            number = capped(rounded(found, self.figures))
            return int(number) if number is not None and self.figures == 0 else number
        return found

    @property
    def figures(self) -> int:
        return 0 if self.is_whole or self.type is Type.DURATION else self.digits

    def _money(self, found: Amount) -> MoneyValue | None:
        amount = capped(rounded(found.amount, DIGITS))
        base: Decimal | None = None if found.base is None else capped(rounded(found.base, DIGITS))
        return None if amount is None else MoneyValue(amount, found.currency, base)

    def sql(self, pieces: Mapping[tuple[str, ...], Sequence[Sql]], context: Context, suffix: str) -> Sql:
        """The result as SQL of PostgreSQL, from that of the stored parts of each field."""
        inputs = {use.path: read(use, pieces[use.path], context) for use in self.uses}
        return finish(write(self.root, inputs, context), self.type, self.figures, suffix)


def suffixes(use: Use) -> tuple[str, ...]:
    """The stored parts of a field that a formula reads."""
    return ("", "_currency", "_base") if use.type is Type.MONEY else ("",)


def program(text: str, declaration: ObjectType, own_key: str = "", digits: int = 2) -> Program:
    """The formula of the field `own_key`; FormulaError for one that cannot be computed on every engine."""
    checked: Checked = check(text, declaration, own_key)
    made = Program(
        checked.root, tuple(checked.uses.values()), checked.formulas, dict(checked.declarations), digits
    )
    pieces = {use.path: [Sql('"a_table"."a_column"')] * len(suffixes(use)) for use in made.uses}
    made.sql(pieces, ANYBODY, "_base" if made.type is Type.MONEY else "")
    return made


def fields_used(made: Program) -> frozenset[tuple[str, str]]:
    """(object, field) of every field that the result tells something about: those that it reads, references
    that it follows, and formulas that it uses."""
    used = made.formulas | {(use.object, use.field.key) for use in made.uses}
    [own, *_others] = made.declarations
    return frozenset(used | {(own, use.via.key) for use in made.steps if use.via is not None})
