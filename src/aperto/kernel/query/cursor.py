"""Where a page ends, as opaque text: the sort, the values of its keys and the key of the last row.

A cursor comes back from outside, so each value is read anew by the type of what it is compared with.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    DurationField,
    Field,
    FloatField,
    IntegerField,
    TextField,
    TimeField,
    UUIDField,
)
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.query.engines.json_path import NumberField

LONGEST = 4_000
LARGEST = 2**63


@dataclass(frozen=True)
class Position:
    """After which row a page begins."""

    values: tuple[Any, ...]
    id: UUID


def write(signature: str, values: Sequence[Any], id_: UUID) -> str:
    packed = json.dumps([signature, [_dump(value) for value in values], id_.hex], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read(text: str, signature: str, types: "Sequence[Field[Any, Any]]") -> Position:
    """The position that the cursor names; FieldError when it is of another list, or of none."""
    try:
        if len(text) > LONGEST:
            raise ValueError
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        signed, values, key = json.loads(packed)
        if signed != signature or len(values) != len(types):
            raise ValueError
        loaded = tuple(
            None if raw is None else _loader(type_)(raw) for raw, type_ in zip(values, types, strict=True)
        )
        return Position(loaded, UUID(hex=key))
    except (ValueError, TypeError, AttributeError, KeyError, InvalidOperation, OverflowError,
            binascii.Error, RecursionError):  # fmt: skip
        raise FieldError(_("This page of the list is out of date; begin again at its start.")) from None


def _dump(value: Any) -> Any:
    if isinstance(value, timedelta):
        return [value.days, value.seconds, value.microseconds]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or "\0" in raw:
        raise ValueError
    raw.encode()
    return raw


def _integer(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) >= LARGEST:
        raise ValueError
    return raw


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) < float("inf"):
        raise ValueError
    return float(raw)


def _exact(raw: Any) -> Decimal:
    return Decimal(repr(_number(raw)))


def _decimal(raw: Any) -> Decimal:
    number = Decimal(_text(raw))
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise ValueError
    return number


def _boolean(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _moment(raw: Any) -> datetime:
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _duration(raw: Any) -> timedelta:
    day, second, micro = (_integer(each) for each in raw)
    return timedelta(day, second, micro)


LOADERS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (DateTimeField, _moment),
    (DateField, date.fromisoformat),
    (TimeField, time.fromisoformat),
    (DurationField, _duration),
    (DecimalField, _decimal),
    (NumberField, _exact),
    (FloatField, _number),
    (BooleanField, _boolean),
    (IntegerField, _integer),
    (UUIDField, UUID),
    (CharField, _text),
    (TextField, _text),
)


def _loader(type_: "Field[Any, Any]") -> Callable[[Any], Any]:
    return next(loader for kind, loader in LOADERS if isinstance(type_, kind))
