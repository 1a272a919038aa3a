"""Configuration that names fields and values is read by administrators alone, at both doors."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from tests.api.conftest import Callers
from tests.company import Staff

WORD = "Zanzibarian"
CLOSED = ("custom_field", "custom_object", "sharing_rule", "territory", "lead_conversion")


@pytest.fixture
def field(staff: Staff) -> Any:
    given = {"name": WORD, "kind": "text", "of_object": "contact"}
    return changes.create(staff.admin, "custom_field", given, via="test").pk


@pytest.mark.parametrize("object_key", CLOSED)
@pytest.mark.parametrize("who", ["reader", "owner", "manager"])
def test_definitions_are_closed_to_everybody_else(ask: Callers, object_key: str, who: str) -> None:
    answers = [ask(who).get(f"/{address}{object_key}").status_code for address in ("", "objects/")]

    assert answers == [403, 403]


@pytest.mark.parametrize("scopes", [("*:*",), ("*:read",), ("custom_field:read",)])
def test_administrator_reads_them_by_any_token_that_reads(
    field: Any, ask: Callers, scopes: tuple[str]
) -> None:
    assert ask("admin", *scopes).get(f"/custom_field/{field}").json()["name"] == WORD


@pytest.mark.parametrize(
    "address", ["/custom_field/{0}", "/custom_field/{0}/history", "/changes?since=0", "/search?q=Zanzi"]
)
def test_api_tells_nobody_else_of_a_definition(field: Any, ask: Callers, address: str) -> None:
    assert WORD not in ask("owner").get(address.format(field)).text


@pytest.mark.parametrize("path", ["", "/rows", "/count", "/{0}", "/{0}/edit", "/export", "/filter", "/new"])
def test_pages_tell_nobody_else_of_a_definition(staff: Staff, field: Any, path: str) -> None:
    client = Client()
    client.force_login(staff.users["owner"])

    answer = client.get(f"/custom_field{path.format(field)}")

    assert answer.status_code in {403, 404} and WORD not in answer.content.decode()


def test_upsert_asks_for_the_right_to_change_in_bulk(ask: Callers) -> None:
    row = {"match": "external_id", "records": [{"external_id": "1", "last_name": "Berg"}]}

    narrow = ask("owner", "contact:read", "contact:create", "contact:edit").post("/contact/upsert", row)
    wide = ask("owner", "contact:*").post("/contact/upsert", row)

    assert (narrow.status_code, wide.status_code) == (403, 200)
    assert wide.json()["counts"]["created"] == 1
