"""What is expected when: records with a day, an amount and how likely it is, added up by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from aperto.kernel.fields.base import Field
from aperto.kernel.query.engines.periods import Period, first_day
from aperto.kernel.query.statements import fetch
from aperto.kernel.records import Selection

PERCENT = 100


@dataclass(frozen=True)
class Month:
    """`first` is its first day. Amounts are in the organisation's currency; what has no probability is not
    expected."""

    first: date
    count: int
    total: Decimal
    expected: Decimal


def months(selection: Selection, day: Field, amount: Field, likely: Field) -> list[Month]:
    """The months in their order, by one kept statement; records without a day are left out."""
    source = selection.where(day.where("filled", ())).source
    sum_, chance = amount.sql(amount.filter_suffix), likely.sql(likely.filter_suffix)
    expected = Sum(sum_ * Coalesce(chance, 0, output_field=FloatField()), output_field=FloatField())
    made = {"number": Count("pk"), "total": amount.aggregate("sum"), "expected": expected}

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        rows = source.recut(*given).rows().annotate(month=Period(day.sql(day.filter_suffix), "month"))
        return rows.values("month").annotate(**made).values_list("month", *made).order_by("month")

    cuts = [source.access, source.narrowing, *source.conditions]
    found = fetch(source.declaration.model, ("forecast", day, amount, likely), cuts, build)
    return [
        Month(
            first_day(first),
            number,
            Decimal(str(amount.aggregated("sum", total) or 0)),
            Decimal(str(weighted or 0)) / PERCENT,
        )
        for first, number, total, weighted in found
    ]
