"""Fields that are reckoned when they are read: each is of the kind of its result, for one actor.

They read like any field of that kind, so that no filter, list or page tells them apart; they are never
stored, and whoever writes is refused because they are read-only.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import Expression, TextField, Value

from aperto.kernel.fields.base import Field, Json, Ref
from aperto.kernel.fields.boolean import Boolean
from aperto.kernel.fields.date import Date
from aperto.kernel.fields.datetime import DateTime
from aperto.kernel.fields.decimal import Decimal
from aperto.kernel.fields.duration import LONGEST, Duration
from aperto.kernel.fields.formats.durations import write_duration
from aperto.kernel.fields.integer import Integer
from aperto.kernel.fields.money import Money
from aperto.kernel.fields.text import Text
from aperto.kernel.viewer import Viewer

if TYPE_CHECKING:
    from aperto.kernel.objects.record import Record


class Source(Protocol):
    """What computes: `columns` are read of a row, `value` makes the result of them."""

    @property
    def is_allowed(self) -> bool: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def value(self, raw: dict[str, Any]) -> Any: ...

    def expression(self, suffix: str) -> Expression: ...


class Computed(Field):
    """A field whose value comes from `source`."""

    source: Source

    @property
    def names(self) -> tuple[str, ...]:
        """What is read of a row; its key where nothing is needed, so that there is a value for each row."""
        return self.source.columns or ("id",)

    def join(self, parts: Sequence[Any]) -> Any:
        return self.source.value(dict(zip(self.names, parts, strict=True)))

    def get(self, record: "Record") -> Any:
        return settled(self.join([getattr(record, name) for name in self.names]))

    def set(self, record: "Record", value: Any) -> None:
        """It is stored nowhere."""

    def expression(self, suffix: str = "") -> Any:
        return self.source.expression(suffix)

    def sql(self, suffix: str = "") -> Any:
        return self.source.expression(suffix)

    # -- values that wait for their page -------------------------------------------------------------

    def references(self, value: Any) -> Iterable[tuple[str, UUID]]:
        return ()

    def resolve(self, value: Any, found: dict[UUID, Ref]) -> Any:
        return settled(value)

    def json_of_first_part(self) -> Any:
        return None

    def to_json(self, value: Any) -> Json:
        return _unless_empty(super().to_json, value)

    def text(self, value: Any, viewer: Viewer) -> str:
        return super().text(settled(value), viewer)

    def export(self, value: Any) -> str:
        return super().export(settled(value))

    def cell(self, value: Any, viewer: Viewer) -> str:
        return super().cell(settled(value), viewer)

    def display(self, value: Any, viewer: Viewer) -> str:
        return super().display(settled(value), viewer)


class Nothing:
    """The source of what cannot be reckoned, or may not be told: always empty."""

    is_allowed = False
    columns: tuple[str, ...] = ()

    def value(self, raw: dict[str, Any]) -> None:
        return None

    def expression(self, suffix: str) -> Expression:
        return Value(None, output_field=TextField())


def settled(value: Any) -> Any:
    from aperto.kernel.formula.bound import settled as settle  # noqa: PLC0415 - reads rows, whose model has fields

    return settle(value)


def _unless_empty(write: Callable[[Any], Json], value: Any) -> Json:
    found = settled(value)
    return None if found is None else write(found)


class ComputedText(Computed, Text):
    pass


class ComputedInteger(Computed, Integer):
    pass


class ComputedDecimal(Computed, Decimal):
    pass


class ComputedMoney(Computed, Money):
    pass


class ComputedDate(Computed, Date):
    pass


class ComputedDateTime(Computed, DateTime):
    pass


class ComputedBoolean(Computed, Boolean):
    pass


class ComputedDuration(Computed, Duration):
    """Unlike a length of time that was typed, one that was reckoned may be less than nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.minimum = -LONGEST

    def text(self, value: Any, viewer: Viewer) -> str:
        seconds = settled(value)
        if seconds is None or seconds >= 0:
            return super().text(seconds, viewer)
        return "−" + write_duration(-round(seconds))
