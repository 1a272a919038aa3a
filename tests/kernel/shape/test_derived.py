"""Formulas and roll-ups that an administrator adds."""

from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.changes import outbox
from aperto.kernel.errors import Invalid
from aperto.kernel.upkeep import fill_roll_ups
from tests.company import Staff
from tests.snapshot import unchanged


def add(staff: Staff, object_key: str, name: str, kind: str, **settings: Any) -> Any:
    given = {"name": name, "of_object": object_key, "kind": kind, "settings": settings or None}
    return changes.create(staff.admin, "custom_field", given, via="test")


def deal(staff: Staff, **values: Any) -> Any:
    given = {"name": "Robots", "amount": {"amount": "1000", "currency": "EUR"}} | values
    return changes.create(staff.owner, "deal", given, via="test")


def listed(staff: Staff, object_key: str, filter: str, column: str) -> list[Any]:
    page = records.visible(staff.owner, object_key).matching(filter).page(columns=[column])
    return [row.values[column] for row in page.rows]


def test_formula_over_own_and_standard_fields(staff: Staff) -> None:
    add(staff, "deal", "Margin", "percent")
    add(staff, "deal", "Profit", "formula", expression="base(amount) * margin / 100")

    deal(staff, margin="25")
    deal(staff, margin="1")

    assert listed(staff, "deal", "profit > 100", "profit") == [Decimal("250.00")]


@pytest.mark.parametrize("expression", ["nothing + 1", "amount +", "self_made + 1", "1 +* 2", ""])
def test_formula_that_does_not_fit_is_refused(staff: Staff, expression: str) -> None:
    with pytest.raises(Invalid) as refused, unchanged():
        add(staff, "deal", "Self made", "formula", expression=expression)

    assert set(refused.value.errors) == {"settings"}


def test_roll_up_counts_what_was_there_and_what_comes(staff: Staff) -> None:
    company = changes.create(staff.owner, "company", {"name": "Van Dijk"}, via="test")
    deal(staff, company=company.pk)
    add(staff, "company", "Volume", "roll_up", of="deal", by="company", total="sum", field="amount")

    outbox.deliver()  # the subscription begins
    fill_roll_ups.call("company")
    first = listed(staff, "company", "volume > 0", "volume")
    deal(staff, company=company.pk)
    outbox.deliver()

    assert [value.base for value in first] == [Decimal(1000)]
    assert [value.base for value in listed(staff, "company", "volume > 0", "volume")] == [Decimal(2000)]
