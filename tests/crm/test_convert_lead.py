"""A lead becomes a company, a contact and a deal; those known already are reused; one undo takes it back."""

from typing import Any

import pytest

from aperto.crm.actions.convert_lead import convert_lead, questions
from aperto.kernel import changes, records
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from tests.company import Staff
from tests.snapshot import unchanged

LEAD = {
    "first_name": "Paulo",
    "last_name": "Nogueira",
    "company_name": "Transportes Alvorada",
    "emails": [{"address": "paulo@alvorada.example"}],
    "interest": "Fleet telematics",
    "amount": "61200",
}


@pytest.fixture
def lead(staff: Staff) -> Any:
    return changes.create(staff.owner, "lead", LEAD, via="test")


def test_conversion_makes_company_contact_and_deal(staff: Staff, lead: Any) -> None:
    result = convert_lead(staff.owner, lead, via="test", deal_name="Telematics pilot")

    deal = result.record
    [row] = records.visible(staff.owner, "deal").page(columns=["company", "contacts", "amount"]).rows
    assert deal.title == "Telematics pilot"
    assert row.values["company"].title == "Transportes Alvorada"
    assert [ref.title for ref in row.values["contacts"]] == ["Paulo Nogueira"]
    assert str(row.values["amount"].amount) == "61200.0000"


def test_conversion_marks_the_lead(staff: Staff, lead: Any) -> None:
    convert_lead(staff.owner, lead, via="test")

    again: Any = records.visible(staff.owner, "lead").get(lead.pk)
    assert again.converted_at is not None
    with unchanged(), pytest.raises(Invalid):
        convert_lead(staff.owner, again, via="test")


def test_known_contact_is_proposed_and_reused(staff: Staff, lead: Any) -> None:
    known = changes.create(
        staff.owner,
        "contact",
        {"last_name": "Nogueira", "emails": [{"address": "PAULO@alvorada.example"}]},
        via="test",
    )

    proposed = {each.field.key: each.value for each in questions(staff.owner, lead)}
    convert_lead(staff.owner, lead, via="test", contact=proposed["contact"])

    assert proposed["contact"].id == known.pk
    assert records.visible(staff.owner, "contact").count().number == 1


def test_one_undo_takes_the_whole_conversion_back(staff: Staff, lead: Any) -> None:
    result = convert_lead(staff.owner, lead, via="test")

    changes.undo_batch(staff.owner, result.batch, via="test")

    for object_key in ("company", "contact", "deal"):
        assert not records.visible(staff.owner, object_key).exists()
    again: Any = records.visible(staff.owner, "lead").get(lead.pk)
    assert (again.converted_at, again.company) == (None, None)


def test_conversion_without_a_deal_ends_at_the_contact(staff: Staff, lead: Any) -> None:
    result = convert_lead(staff.owner, lead, via="test", make_deal=False)

    assert result.record.declares.key == "contact"
    assert not records.visible(staff.owner, "deal").exists()


def test_conversion_into_an_invisible_company_is_refused(staff: Staff, lead: Any) -> None:
    hidden = changes.create(staff.actor("manager"), "company", {"name": "Hidden"}, via="test")

    with unchanged(), pytest.raises(Invalid):
        convert_lead(staff.owner, lead, via="test", company=Ref("company", hidden.pk))
