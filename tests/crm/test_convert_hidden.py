"""Conversion carries what the person may read to where they may write, and nothing past that."""

from typing import Any

import pytest
from django.db import transaction

from aperto.crm.actions.convert_lead import convert_lead, questions
from aperto.kernel import changes, records
from aperto.kernel.access import people, roles
from aperto.kernel.access.actor import Actor
from tests.company import Staff

SECRET = "Zanzibarian"
LEAD = {
    "last_name": "Berg",
    "company_name": "Acme",
    "job_title": SECRET,
    "description": SECRET,
    "amount": "61200",
}
EVERYTHING = {"*": dict.fromkeys(("read", "create", "edit", "assign"), "all")}


@pytest.fixture
def lead(staff: Staff) -> Any:
    return changes.create(staff.owner, "lead", LEAD, via="test")


def limited(staff: Staff, **fields: dict[str, str]) -> Actor:
    role = roles.create(staff.admin, "Half", EVERYTHING, field_rights=fields)
    people.set_roles(staff.admin, staff.users["colleague"], [role.pk])
    staff.users["colleague"].refresh_from_db()
    return staff.actor("colleague")


def test_hidden_values_of_the_lead_stay_there(staff: Staff, lead: Any) -> None:
    actor = limited(staff, lead={"job_title": "hidden", "description": "hidden"})

    proposed = questions(actor, records.visible(actor, "lead").get(lead.pk))
    convert_lead(actor, lead, via="test")

    assert SECRET not in str([(str(each.value), str(each.hint)) for each in proposed])
    [contact] = records.visible(staff.admin, "contact").page(columns=["job_title", "description"]).rows
    [deal] = records.visible(staff.admin, "deal").page(columns=["description"]).rows
    assert [contact.values["job_title"], contact.values["description"]] == [None, None]
    assert deal.values["description"] is None


@pytest.mark.parametrize("right", ["hidden", "readonly"])
def test_hidden_or_locked_targets_are_left_out(staff: Staff, lead: Any, right: str) -> None:
    actor = limited(
        staff,
        contact={"job_title": right, "company": right},
        deal={"amount": right, "contacts": right},
        lead={"company": right, "contact": right},
    )

    with transaction.atomic():
        result = convert_lead(actor, lead, via="test", deal_name="Pilot")

    [contact] = records.visible(staff.admin, "contact").page(columns=["job_title", "company"]).rows
    [deal] = records.visible(staff.admin, "deal").page(columns=["amount", "company"]).rows
    assert (contact.values["job_title"], contact.values["company"], deal.values["amount"]) == (None,) * 3
    assert deal.values["company"].title == "Acme" and result.record.title == "Pilot"
    done: Any = records.visible(staff.admin, "lead").get(lead.pk)
    assert done.converted_at is not None and done.company is None
