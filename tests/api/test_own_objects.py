"""The API serves an object that an administrator made as it serves those in the code."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.ids import uuid7
from aperto.kernel.shape.relate import Side, relate
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
    assert ask("owner").get(f"/boat/{made['id']}").json()["length"] == "12,50"


def test_links_with_columns_are_written_and_read(staff: Staff, ask: Callers) -> None:
    relate(
        staff.admin, "adviser", "Adviser", Side("company", "Advisers"), Side("contact", "Advises"), uuid7()
    )
    since = {"name": "Since", "kind": "date", "of_object": "adviser"}
    changes.create(staff.admin, "custom_field", since, via="test")
    ends = {
        "company": ask("owner").send("POST", "/company", {"name": "Acme"}).json()["id"],
        "contact": ask("owner").send("POST", "/contact", {"last_name": "Visser"}).json()["id"],
    }

    made = ask("owner").send("POST", "/adviser", ends | {"since": "2026-01-01"})
    twice = ask("owner").send("POST", "/adviser", ends)
    found = ask("owner").get(f"/adviser?filter=company={ends['company']}&fields=contact,since").json()["data"]
    document: dict[str, Any] = Client().get("/api/openapi.json", headers=ask("owner").headers).json()

    assert (made.status_code, twice.status_code) == (201, 422)
    assert [(row["contact"], row["since"]) for row in found] == [(ends["contact"], "2026-01-01")]
    assert any(path.endswith("/adviser") for path in document["paths"])
    assert ask("outsider").get("/adviser").json()["data"] == []
