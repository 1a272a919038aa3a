"""What follows from stages, money, numbers and activities on every write."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from tests.company import Staff
from tests.snapshot import unchanged


def deal(staff: Staff, **values: Any) -> Record:
    return changes.create(staff.owner, "deal", {"name": "Robots"} | values, via="test")


def again(staff: Staff, record: Record) -> Any:
    return records.visible(staff.admin, record.declares.key).get(record.pk)


def stage(name: str) -> Ref:
    return Ref("stage", next(step.id for step in stages.of_object("deal") if step.name == name))


def test_new_deal_starts_in_the_first_stage(staff: Staff) -> None:
    made = again(staff, deal(staff))

    assert made.stage == stage("Qualify").id
    assert made.probability == Decimal(10)
    assert made.stage_since is not None


def test_stage_asks_for_what_it_requires(staff: Staff) -> None:
    made = deal(staff)

    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.save(staff.owner, made, {"stage": stage("Negotiation")}, via="test")

    assert set(refusal.value.errors) == {"amount", "close_date"}


def test_winning_sets_probability_and_moment(staff: Staff) -> None:
    made = deal(staff, amount="1200")

    changes.save(staff.owner, made, {"stage": stage("Won")}, via="test")

    row = again(staff, made)
    assert row.probability == Decimal(100)
    assert row.closed_at is not None


def test_reopening_clears_the_outcome(staff: Staff) -> None:
    made = deal(staff)
    changes.save(staff.owner, made, {"stage": stage("Lost"), "lost_reason": "price"}, via="test")

    changes.save(staff.owner, made, {"stage": stage("Discovery")}, via="test")

    row = again(staff, made)
    assert (row.lost_reason, row.closed_at) == (None, None)


def test_stage_of_another_object_is_refused(staff: Staff) -> None:
    foreign = Ref("stage", stages.of_object("lead")[0].id)

    with unchanged(), pytest.raises(Invalid):
        deal(staff, stage=foreign)


def test_only_administrators_change_stages(staff: Staff) -> None:
    first = records.visible(staff.owner, "stage").get(stages.of_object("deal")[0].id)

    with unchanged(), pytest.raises(Exception, match="edit"):
        changes.save(staff.owner, first, {"name": "Mine"}, via="test")

    changes.save(staff.admin, first, {"name": "First"}, via="test")


def test_money_in_another_currency_has_a_base_amount(staff: Staff) -> None:
    made = again(staff, deal(staff, amount={"amount": "1000", "currency": "USD"}))

    assert made.amount_currency == "USD"
    assert Decimal(500) < made.amount_base < Decimal(1500)


def test_money_without_currency_is_the_firms_own(staff: Staff) -> None:
    made = again(staff, deal(staff, amount="1000"))

    assert (made.amount_currency, made.amount_base) == ("EUR", Decimal("1000.00"))


def test_unknown_currency_is_refused(staff: Staff) -> None:
    with unchanged(), pytest.raises(Invalid):
        deal(staff, amount={"amount": "1", "currency": "XTS"})


def test_numbers_follow_each_other_and_a_refusal_uses_none_up(staff: Staff) -> None:
    first = again(staff, deal(staff))
    with pytest.raises(Invalid):
        deal(staff, amount="much")
    second = again(staff, deal(staff))

    year = datetime.now(UTC).year
    assert (first.number, second.number) == (f"D-{year}-0001", f"D-{year}-0002")


def test_planned_and_past_activities_set_next_and_last(staff: Staff) -> None:
    made = deal(staff)
    about = [Ref("deal", made.pk)]
    tomorrow = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)

    task = changes.create(
        staff.owner, "task", {"subject": "Call", "due": tomorrow, "about": about}, via="test"
    )
    assert again(staff, made).next_activity == tomorrow

    changes.save(staff.owner, task, {"done": True}, via="test")
    assert again(staff, made).next_activity is None
    assert again(staff, made).last_activity is not None


def test_deleting_an_activity_takes_it_out_of_the_timeline(staff: Staff) -> None:
    made = deal(staff)
    note = changes.create(staff.owner, "note", {"body": "Hello", "about": [Ref("deal", made.pk)]}, via="test")

    changes.delete(staff.owner, note, via="test")

    assert again(staff, made).last_activity is None
