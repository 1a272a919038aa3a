"""The API serves an object that an administrator made as it serves those in the code."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from tests.api.conftest import Callers
from tests.company import Staff


@pytest.fixture
def boats(staff: Staff) -> None:
    changes.create(staff.admin, "custom_object", {"name": "Boat", "plural": "Boats"}, via="test")
    field = {"name": "Length", "kind": "decimal", "of_object": "boat"}
    changes.create(staff.admin, "custom_field", field, via="test")


def test_records_are_made_read_and_filtered(boats: None, ask: Callers) -> None:
    made = ask("owner").send("POST", "/boat", {"name": "Zeehond", "length": "12.50"})
    found = ask("owner").get("/boat?filter=length>12&fields=name,length")

    assert made.status_code == 201
    assert [(row["name"], row["length"]) for row in found.json()["data"]] == [("Zeehond", "12.50")]


def test_outsider_gets_none(boats: None, ask: Callers) -> None:
    made = ask("owner").send("POST", "/boat", {"name": "Zeehond"}).json()

    assert ask("outsider").get(f"/boat/{made['id']}").status_code == 404
    assert ask("outsider").get("/boat").json()["data"] == []


def test_document_and_metadata_know_it_at_once(boats: None, ask: Callers) -> None:
    headers = ask("owner").headers
    document: dict[str, Any] = Client().get("/api/openapi.json", headers=headers).json()

    assert "/boat" in document["paths"] or "/api/v1/boat" in document["paths"]
    assert "length" in {field["key"] for field in ask("owner").get("/objects/boat").json()["fields"]}


def test_administrator_adds_a_field_by_the_api(boats: None, ask: Callers) -> None:
    given = {"name": "Draught", "kind": "decimal", "of_object": "boat"}

    made = ask("admin").send("POST", "/custom_field", given)
    refused = ask("owner").send("POST", "/custom_field", given)

    assert (made.status_code, made.json()["key"], refused.status_code) == (201, "draught", 403)


def test_kind_of_a_field_is_changed_by_its_verb(boats: None, ask: Callers) -> None:
    made = ask("owner").send("POST", "/boat", {"name": "Zeehond", "length": "12.50"}).json()
    [field] = ask("admin").get("/custom_field?filter=key=length").json()["data"]
    verb = f"/custom_field/{field['id']}/actions/custom_field.change_kind"

    tried = ask("admin").send("POST", verb, {"kind": "integer", "dry_run": True})
    refused = ask("owner").send("POST", verb, {"kind": "text"})
    wrong = ask("admin").send("POST", verb, {"kind": "date"})
    done = ask("admin").send("POST", verb, {"kind": "text"})

    assert tried.json()["message"] == "0 of 1 values convert."
    assert [refused.status_code, wrong.status_code, done.status_code] == [403, 422, 200]
    assert ask("owner").get(f"/boat/{made['id']}").json()["length"] == "12.50"
