"""Rates that an administrator states, where the bank's do not fit."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import note
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.money.models import Rate
from aperto.kernel.money.rates import per_euro


def set_rate(actor: Actor, currency: str, day: date, rate: Decimal, via: str) -> Rate:
    """An administrator's own rate for a day."""
    if not actor.configures:
        raise Refused("configure")
    if rate <= 0:
        raise Invalid({"rate": [_("A rate is more than zero.")]})
    row, _created = Rate.objects.update_or_create(
        currency=currency.upper(), day=day, defaults={"per_euro": rate}
    )
    per_euro.cache_clear()
    note(actor, "rate", uuid7(), "set", {currency.upper(): [None, f"{rate} ({day})"]}, via=via)
    return row


def stated() -> list[Rate]:
    """All rates that were stated here, newest first."""
    return list(Rate.objects.order_by("-day", "currency"))
