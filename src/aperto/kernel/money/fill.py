"""Completes the money of a write: the currency where none was said, and the amount in the company's."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import organisation
from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.money import MoneyValue
from aperto.kernel.money import rates


def complete(work: Work) -> None:
    for key in outline_of(work.occasion.declaration).money:
        value = work.values.get(key)
        if isinstance(value, MoneyValue):
            try:
                work.values[key] = completed(value)
            except FieldError as error:
                work.refuse(key, error.message)


def completed(value: MoneyValue) -> MoneyValue:
    """The amount with its currency and its base; FieldError where no rate is known."""
    own = organisation.current().currency
    currency = value.currency or own
    try:
        base = rates.convert(value.amount, currency, own, datetime.now(UTC).date())
    except rates.NoRate:
        words = {"currency": currency}
        raise FieldError(_("No exchange rate is known for %(currency)s.") % words) from None
    return MoneyValue(value.amount, currency, base)
