"""A number with a fixed count of digits after the sign; never a floating one."""

import decimal
import re
from typing import Any, ClassVar

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators, setting
from aperto.kernel.fields.base import COUNTS, Field, Part
from aperto.kernel.fields.formats.numbers import (
    check_digits,
    check_range,
    half_up,
    read_number,
    write_for_editing,
    write_number,
    write_plain,
)
from aperto.kernel.fields.integer import required
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

type Bound = int | str | decimal.Decimal | None


def exact(value: Any) -> decimal.Decimal:
    """The number of a JSON value: text of digits, or a number as JSON writes it."""
    if isinstance(value, bool):
        raise FieldError(_("A number is expected here."))
    if isinstance(value, int | decimal.Decimal):
        return decimal.Decimal(value)
    if isinstance(value, float):
        return decimal.Decimal(repr(value))
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,30}(\.[0-9]{1,30})?\s*", value):
        return decimal.Decimal(value.strip())
    raise FieldError(_("A number like 12.50 is expected here."))


def bound(value: Bound) -> decimal.Decimal | None:
    return None if value is None else decimal.Decimal(value)


class Decimal(Field):
    """A number with `digits` after the decimal sign, between `minimum` and `maximum`."""

    kind = "decimal"
    label_of_kind = gettext_lazy("Decimal number")
    explained = gettext_lazy("A number with a fraction, such as a weight.")
    icon = "decimal"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.DIGITS, setting.MINIMUM, setting.MAXIMUM)
    parts = (
        Part(
            "",
            lambda field: models.DecimalField(
                max_digits=20,
                decimal_places=field.digits,  # type: ignore[attr-defined]  # fields of this kind have it
                null=True,
                db_index=field.indexed,
            ),
            Cast.NUMBER,
            dump=write_plain,
            load=decimal.Decimal,
        ),
    )
    operators = operators.ORDERED
    aggregates = ("sum", "mean", "median", "min", "max", *Field.aggregates)
    numeric = True

    def __init__(
        self,
        *arguments: Any,
        digits: int = 2,
        minimum: Bound = None,
        maximum: Bound = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.digits, self.minimum, self.maximum = digits, bound(minimum), bound(maximum)

    def clean(self, value: Any) -> decimal.Decimal | None:
        if value is None or value == "":
            return None
        return check_range(check_digits(exact(value), self.digits), self.minimum, self.maximum)

    def parse(self, raw: Any, viewer: Viewer) -> decimal.Decimal | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return self.clean(read_number(raw, viewer)) if raw.strip() else None

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        return required(read_number(raw, viewer) if isinstance(raw, str) else raw)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_number(value, viewer, self.digits)

    def export(self, value: Any) -> str:
        return "" if value is None else write_plain(value)

    def to_json(self, value: Any) -> str | None:
        """Text, because a JSON number is a floating one to most readers."""
        return None if value is None else write_plain(value)

    def cell(self, value: Any, viewer: Viewer) -> str:
        return self.text(value, viewer)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else write_for_editing(value, viewer)
        return self.input("text", text, name, f'inputmode="decimal" autocomplete="off" {attributes}')

    def aggregated(self, name: str, raw: Any) -> Any:
        number = super().aggregated(name, raw)
        if number is None or name in COUNTS:
            return number
        return half_up(decimal.Decimal(str(number)), self.digits)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": rf"^-?[0-9]+(\.[0-9]{{1,{self.digits}}})?$" if self.digits else "^-?[0-9]+$",
        }

    def sample(self, n: int) -> decimal.Decimal:
        smallest = decimal.Decimal(1).scaleb(-self.digits)
        return (self.minimum or decimal.Decimal(0)) + smallest * (n * 7)

    def search_text(self, value: Any) -> str:
        return self.export(value)
