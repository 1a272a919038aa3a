"""A whole number, small enough to survive JavaScript and the floating numbers of SQLite's JSON."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators, setting
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.formats.numbers import (
    check_range,
    half_up,
    read_number,
    write_for_editing,
    write_number,
    write_plain,
)
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

LARGEST = 2**53 - 1


class Integer(Field):
    """A whole number between `minimum` and `maximum`."""

    kind = "integer"
    label_of_kind = gettext_lazy("Whole number")
    explained = gettext_lazy("A number without a fraction, such as a count.")
    icon = "hash"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.SMALLEST, setting.LARGEST)
    parts = (Part("", lambda field: models.BigIntegerField(null=True, db_index=field.indexed), Cast.NUMBER),)
    operators = operators.ORDERED
    aggregates = ("sum", "mean", "median", "min", "max", *Field.aggregates)
    numeric = True

    def __init__(
        self, *arguments: Any, minimum: int = -LARGEST, maximum: int = LARGEST, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.minimum, self.maximum = max(minimum, -LARGEST), min(maximum, LARGEST)

    def clean(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, float | Decimal):
            value = whole(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldError(_("A whole number is expected here."))
        return check_range(value, self.minimum, self.maximum)

    def parse(self, raw: Any, viewer: Viewer) -> int | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return self.clean(read_number(raw, viewer)) if raw.strip() else None

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        """Any number compares, also one that the field could not hold."""
        return required(read_number(raw, viewer) if isinstance(raw, str) else raw)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_number(value, viewer)

    def export(self, value: Any) -> str:
        return "" if value is None else write_plain(value)

    def cell(self, value: Any, viewer: Viewer) -> str:
        return self.text(value, viewer)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else write_for_editing(value, viewer)
        return self.input("text", text, name, f'inputmode="numeric" autocomplete="off" {attributes}')

    def aggregated(self, name: str, raw: Any) -> Any:
        number = super().aggregated(name, raw)
        if number is None or isinstance(number, int):
            return number
        return half_up(Decimal(str(number)), 2) if name in ("mean", "median") else int(number)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def sample(self, n: int) -> int:
        return max(self.minimum, 0) + n

    def search_text(self, value: Any) -> str:
        return self.export(value)


def whole(number: float | Decimal) -> object:
    """The same as int where it is a whole number of bearable size."""
    number = Decimal(number)
    if not number.is_finite() or number.adjusted() > 30 or number != number.to_integral_value():
        return number
    return int(number)


def required(number: Any) -> Any:
    if number is None or number == "" or isinstance(number, bool):
        raise FieldError(_("Say what to compare with."))
    return number
