"""The public document names nothing of an installation's own; a person's names what they may read."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from tests.api.conftest import Callers
from tests.company import Staff

DOCUMENT = "/api/openapi.json"
OWN = ("zanzibar", "Zanzibar", "ownfield", "Own field")


@pytest.fixture
def shaped(staff: Staff) -> Any:
    changes.create(staff.admin, "custom_object", {"name": "Zanzibar", "plural": "Zanzibars"}, via="test")
    field = {"name": "Own field", "key": "ownfield", "kind": "text"}
    for object_key in ("zanzibar", "contact"):
        changes.create(staff.admin, "custom_field", field | {"of_object": object_key}, via="test")
    relabelled = {"name": "Zanzibar person", "plural": "Zanzibar people", "key": "contact"}
    return changes.create(staff.admin, "custom_object", relabelled, via="test")


@pytest.mark.parametrize("address", [DOCUMENT, "/api/"])
def test_public_document_names_nothing_that_was_added(shaped: Any, address: str) -> None:
    text = Client().get(address).content.decode()

    assert "contact" in text
    assert [word for word in OWN if word in text] == []


def test_token_and_session_get_the_document_of_their_installation(
    staff: Staff, shaped: Any, ask: Callers
) -> None:
    client = Client()
    client.force_login(staff.users["owner"])
    caller = ask("owner")

    for made in (client.get(DOCUMENT), client.get(DOCUMENT, headers=caller.headers)):
        assert "/zanzibar" in made.json()["paths"]
        assert "ownfield" in made.json()["components"]["schemas"]["Contact"]["properties"]


def test_document_of_a_person_hides_what_their_role_hides(staff: Staff, shaped: Any) -> None:
    grants = {"*": {"read": "all"}, "zanzibar": {"read": "none"}}
    hidden = {"contact": {"ownfield": "hidden"}}
    half = roles.create(staff.admin, "Half", grants, field_rights=hidden)
    people.set_roles(staff.admin, staff.users["owner"], [half.pk])
    client = Client()
    client.force_login(staff.users["owner"])

    text = client.get(DOCUMENT).content.decode()

    assert [word for word in ('"/zanzibar', "Zanzibars", "ownfield", "Own field") if word in text] == []


def test_wrong_token_gets_no_document(staff: Staff) -> None:
    assert Client().get(DOCUMENT, headers={"Authorization": "Bearer apt_nonsense"}).status_code == 401
