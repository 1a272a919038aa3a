"""The types of the language, and the checked tree in which each node has one."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message

if TYPE_CHECKING:
    from datetime import datetime

    from aperto.kernel.fields.base import Field

TALLEST = 150  # levels, with those of the formulas that a formula uses


class Type(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    DURATION = "duration"
    REFERENCE = "reference"
    EMPTY = "empty"


LABELS: dict[Type, Message] = {
    Type.NUMBER: _("a number"),
    Type.MONEY: _("an amount of money"),
    Type.TEXT: _("a text"),
    Type.DATE: _("a date"),
    Type.DATETIME: _("a date with a time"),
    Type.BOOLEAN: _("yes or no"),
    Type.DURATION: _("a length of time"),
    Type.REFERENCE: _("a reference"),
    Type.EMPTY: _("nothing"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """Money inside a formula: the currency is always known, the base where a rate is."""

    amount: Decimal
    currency: str
    base: Decimal | None


@dataclass(frozen=True, slots=True)
class Context:
    """For whom and when a formula is computed."""

    now: "datetime"
    zone: str
    currency: str  # of the organisation
    language: str

    @property
    def today(self) -> Any:
        return self.now.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Use:
    """A field that a formula reads: of the record itself, or of what its reference `via` points at."""

    path: tuple[str, ...]
    type: Type
    object: str  # of the field
    field: "Field"
    via: "Field | None" = None


@dataclass(frozen=True, eq=False)
class Operation:
    """What a sign or a function does, in Python and in SQL. A `strict` one is empty wherever an argument is;
    a `contextual` one is given the context before its arguments."""

    name: str
    python: Callable[..., Any]
    sql: Callable[..., Any]
    strict: bool = True
    contextual: bool = False


@dataclass(frozen=True, eq=False)
class Typed:
    """`whole` numbers have no decimals, and `constant` is the value of what the text itself says."""

    type: Type
    whole: bool = False
    operation: Operation | None = None
    arguments: tuple["Typed", ...] = ()
    use: Use | None = None
    constant: Any = None

    @property
    def height(self) -> int:
        held: int | None = self.__dict__.get("_height")
        if held is None:
            held = 1 + max((each.height for each in self.arguments), default=0)
            self.__dict__["_height"] = held
        return held


def constant(type_: Type, value: Any, whole: bool = False) -> Typed:
    return Typed(type_, whole, constant=value)


def applied(type_: Type, operation: Operation, *arguments: Typed, whole: bool = False) -> Typed:
    return Typed(type_, whole, operation, arguments)
