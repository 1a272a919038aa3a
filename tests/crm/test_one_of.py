"""A contact is told by a first name, a last name or an e-mail: one of them is enough, none is not."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.access.field_rights import can_be_limited
from aperto.kernel.access.scopes import HIDDEN
from aperto.kernel.errors import Invalid
from aperto.kernel.objects.registry import registry
from tests.company import Staff
from tests.snapshot import unchanged

MAILS = [{"address": "m@home.example"}, {"address": "marieke@vandijk.example", "primary": True}]
NEEDED = "Fill in one of these: First name, Last name, E-mail."


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"first_name": "Marieke"}, "Marieke"),
        ({"last_name": "van Dijk"}, "van Dijk"),
        ({"emails": MAILS}, "marieke"),
        ({"emails": MAILS, "first_name": "Marieke"}, "Marieke"),
    ],
)
def test_any_one_is_enough_and_makes_the_title(staff: Staff, values: dict[str, Any], title: str) -> None:
    assert changes.create(staff.owner, "contact", values, via="test").title == title


@pytest.mark.parametrize("values", [{}, {"job_title": "Buyer"}, {"first_name": " ", "emails": []}])
def test_none_is_refused_where_it_was_left_out(staff: Staff, values: dict[str, Any]) -> None:
    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.create(staff.owner, "contact", values, via="test")

    assert refusal.value.errors == {"first_name": [NEEDED]}


def test_last_one_cannot_be_emptied_and_the_title_follows(staff: Staff) -> None:
    made = changes.create(staff.owner, "contact", {"last_name": "Bos", "emails": MAILS}, via="test")
    changes.save(staff.owner, made, {"last_name": None}, via="test")
    held: Any = records.visible(staff.owner, "contact").get(made.pk)

    assert held.title == "marieke"
    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.save(staff.owner, held, {"emails": []}, via="test")
    assert refusal.value.errors == {"emails": [NEEDED]}
    changes.save(staff.owner, held, {"job_title": "Buyer"}, via="test")


def test_form_and_document_say_it_beforehand(staff: Staff) -> None:
    client = Client()
    client.force_login(staff.users["owner"])

    form = client.get("/contact/new").content.decode()
    schema = client.get("/api/openapi.json").json()["components"]["schemas"]["ContactWrite"]

    assert form.count(NEEDED) == 1
    assert [each["required"] for each in schema["anyOf"]] == [["first_name"], ["last_name"], ["emails"]]
    assert schema["description"] == NEEDED


def test_address_that_stands_in_for_a_name_can_still_be_hidden(staff: Staff) -> None:
    contact = registry.get("contact")

    assert can_be_limited(contact, contact.fields["emails"], HIDDEN) == ""
    assert can_be_limited(contact, contact.fields["last_name"], HIDDEN) != ""
