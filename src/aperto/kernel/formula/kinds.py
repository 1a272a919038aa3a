"""Which type the values of each kind of field have in a formula, and how they come in."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from aperto.kernel.fields.base import Field
from aperto.kernel.formula.types import Amount, Context, Type, Use

KINDS: dict[str, Type] = {
    "integer": Type.NUMBER,
    "decimal": Type.NUMBER,
    "percent": Type.NUMBER,
    "rating": Type.NUMBER,
    "money": Type.MONEY,
    "text": Type.TEXT,
    "long_text": Type.TEXT,
    "automatic_number": Type.TEXT,
    "url": Type.TEXT,
    "colour": Type.TEXT,
    "select": Type.TEXT,
    "date": Type.DATE,
    "datetime": Type.DATETIME,
    "boolean": Type.BOOLEAN,
    "duration": Type.DURATION,
    "reference": Type.REFERENCE,
    "user": Type.REFERENCE,
    "stage": Type.REFERENCE,
}
WHOLE = frozenset({"integer", "rating"})


def type_of(field: Field) -> Type | None:
    """None for a kind that formulas cannot read, such as a list of links."""
    return None if field.stored_elsewhere else KINDS.get(type(field).kind)


def inward(type_: Type, value: Any, context: Context) -> Any:
    """A field's value as the language has it. What was never ticked counts as no, as in filters."""
    if type_ is Type.BOOLEAN:
        return bool(value)
    if value is None or value == "":
        return None
    if type_ is Type.MONEY:
        return Amount(value.amount, value.currency or context.currency, value.base)
    if type_ in (Type.NUMBER, Type.DURATION):
        return Decimal(value)
    return value.id.hex if type_ is Type.REFERENCE else value


# -- as SQLite hands it over -------------------------------------------------------------------------


def figure(raw: Any) -> Decimal:
    return Decimal(raw) if isinstance(raw, int) else Decimal(repr(float(raw)))


def moment(raw: str) -> datetime:
    found = datetime.fromisoformat(raw)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


LOADERS: dict[Type, Callable[[Any], Any]] = {
    Type.NUMBER: figure,
    Type.DURATION: figure,
    Type.TEXT: lambda raw: raw or None,
    Type.DATE: lambda raw: date.fromisoformat(raw[:10]),
    Type.DATETIME: moment,
    Type.REFERENCE: str,
    Type.BOOLEAN: bool,
}


def load(use: Use, raws: list[Any], context: Context) -> Any:
    """The value from the raw pieces of a row: three of an amount, one of all else."""
    if raws[0] is None:
        return False if use.type is Type.BOOLEAN and use.via is None else None
    if use.type is Type.MONEY:
        amount, currency, base = raws
        return Amount(figure(amount), currency or context.currency, None if base is None else figure(base))
    return LOADERS[use.type](raws[0])
