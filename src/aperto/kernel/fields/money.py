"""An amount in a currency, with the same in the organisation's currency at that day's rate.

The base amount is filled by the write; filters, sorting and totals use it, so that amounts in several
currencies compare. A currency that nobody named is the organisation's, and filled by the write too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls, operators, setting
from aperto.kernel.fields.base import COUNTS, Field, Part
from aperto.kernel.fields.decimal import Bound, bound, exact
from aperto.kernel.fields.formats.currencies import (
    check_currency,
    currencies,
    digits_of,
    split_currency,
    trimmed,
    write_amount,
)
from aperto.kernel.fields.formats.numbers import (
    check_digits,
    check_range,
    half_up,
    read_number,
    write_for_editing,
    write_plain,
)
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

DIGITS = 4  # unit prices need more than cents


@dataclass(frozen=True)
class MoneyValue:
    """Two are equal when amount and currency are: the base follows from them and the day."""

    amount: Decimal
    currency: str | None = None
    base: Decimal | None = field(default=None, compare=False)

    @property
    def plain(self) -> str:
        """The amount with the digits of its currency, or more where it has more."""
        return trimmed(f"{self.amount:.{DIGITS}f}", digits_of(self.currency) if self.currency else 2)


def column(the_field: Field) -> "models.Field[Any, Any]":
    return models.DecimalField(max_digits=20, decimal_places=DIGITS, null=True)


class Money(Field):
    """An amount between `minimum` and `maximum`."""

    kind = "money"
    label_of_kind = gettext_lazy("Money")
    explained = gettext_lazy("An amount with its currency.")
    icon = "coins"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.MINIMUM, setting.MAXIMUM)
    parts = (
        Part("", column, Cast.NUMBER, dump=write_plain, load=Decimal),
        Part("_currency", lambda field: models.CharField(max_length=3, null=True)),
        Part(
            "_base",
            lambda field: models.DecimalField(
                max_digits=20, decimal_places=DIGITS, null=True, db_index=field.indexed
            ),
            Cast.NUMBER,
            dump=write_plain,
            load=Decimal,
        ),
    )
    operators = operators.ORDERED
    aggregates = ("sum", "mean", "median", "min", "max", *Field.aggregates)
    filter_suffix = sort_suffix = total_suffix = "_base"
    numeric = True

    def __init__(self, *arguments: Any, minimum: Bound = None, maximum: Bound = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.minimum, self.maximum = bound(minimum), bound(maximum)

    def split(self, value: Any) -> tuple[Any, ...]:
        return (None, None, None) if value is None else (value.amount, value.currency, value.base)

    def join(self, parts: Sequence[Any]) -> Any:
        return None if parts[0] is None else MoneyValue(*parts)

    def clean(self, value: Any) -> MoneyValue | None:
        """A MoneyValue, {"amount": "12.50", "currency": "EUR"}, or an amount alone."""
        currency = base = None
        if isinstance(value, MoneyValue):
            value, currency, base = value.amount, value.currency, value.base
        elif isinstance(value, dict):
            value, currency = value.get("amount"), value.get("currency")
        if value is None or value == "":
            return None
        if currency is not None and not isinstance(currency, str):
            raise FieldError(_("The currency is a code of three letters, like EUR."))
        amount = check_range(check_digits(exact(value), DIGITS), self.minimum, self.maximum)
        return MoneyValue(amount, check_currency(currency) if currency else None, base)

    def parse(self, raw: Any, viewer: Viewer) -> MoneyValue | None:
        """ "€ 1.234,56", or {"amount": "1.234,56", "currency": "EUR"} from the editor."""
        currency = None
        if isinstance(raw, dict):
            raw, currency = raw.get("amount"), raw.get("currency") or None
        if not isinstance(raw, str):
            return self.clean(raw if currency is None else {"amount": raw, "currency": currency})
        if not raw.strip():
            return None
        figures, written = split_currency(raw, viewer)
        return self.clean({"amount": read_number(figures, viewer), "currency": written or currency})

    def read_form(self, post: QueryDict, name: str) -> Any:
        return {"amount": post.get(name, ""), "currency": post.get(f"{name}.currency", "")}

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_amount(value.amount, value.currency or viewer.currency, viewer)

    def export(self, value: Any) -> str:
        return "" if value is None else f"{value.plain} {value.currency or ''}".strip()

    def to_json(self, value: Any) -> dict[str, str | None] | None:
        return None if value is None else {"amount": value.plain, "currency": value.currency}

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def display(self, value: Any, viewer: Viewer) -> str:
        """With the amount in the organisation's currency beside one in another."""
        shown = self.cell(value, viewer)
        if value is None or value.base is None or value.currency in (None, viewer.currency):
            return shown
        return (
            f'{shown} <span class="faint">{escape(write_amount(value.base, viewer.currency, viewer))}</span>'
        )

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else write_for_editing(Decimal(value.plain), viewer)
        chosen = (value.currency if value else None) or viewer.currency
        codes = sorted({*currencies(), chosen})
        amount = self.input("text", text, name, f'inputmode="decimal" autocomplete="off" {attributes}')
        choice = controls.select_box(
            f"{name}.currency", [(code, code) for code in codes], [chosen], controls.label_of(_("Currency"))
        )
        return controls.group(amount, choice, kind=self.kind, look="joined")

    # -- comparing -----------------------------------------------------------------------------------

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        """An amount in the organisation's currency."""
        value = self.copy_without_bounds().parse(raw, viewer)
        if value is None:
            raise FieldError(_("Say what to compare with."))
        if value.currency not in (None, viewer.currency):
            raise FieldError(_("Compare with an amount in %(currency)s.") % {"currency": viewer.currency})
        return value

    def copy_without_bounds(self) -> "Money":
        free = self.copy()
        free.minimum = free.maximum = None
        return free

    def argument(self, value: Any) -> Any:
        return value.amount if value.base is None else value.base

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        """Whether it is filled in does not wait for a rate."""
        suffix = "" if operator in operators.PRESENCE else self.filter_suffix
        return OPERATORS[operator].condition(self.expression(suffix), arguments)

    def aggregated(self, name: str, raw: Any) -> Any:
        number = super().aggregated(name, raw)
        return number if number is None or name in COUNTS else half_up(Decimal(str(number)), DIGITS)

    def aggregate_text(self, name: str, raw: Any, viewer: Viewer) -> str:
        if name in COUNTS or raw is None:
            return super().aggregate_text(name, raw, viewer)
        rounded = half_up(self.aggregated(name, raw), digits_of(viewer.currency))
        return write_amount(rounded, viewer.currency, viewer)

    # -- describing ----------------------------------------------------------------------------------

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["amount"],
            "properties": {
                "amount": {"type": "string", "pattern": rf"^-?[0-9]+(\.[0-9]{{1,{DIGITS}}})?$"},
                "currency": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"},
            },
        }

    def sample(self, n: int) -> MoneyValue:
        amount = (self.minimum or 0) + Decimal(n * 1_250 + n % 4 * 25) / 10
        return MoneyValue(round(amount, 2), "EUR", round(amount, DIGITS))

    def search_text(self, value: Any) -> str:
        return "" if value is None else value.plain
