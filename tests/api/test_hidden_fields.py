"""A field that a role hides is in no answer of either door, under any address that tells of its object."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from aperto.kernel.fields.base import Ref
from tests.api.conftest import Callers
from tests.company import Staff

SECRET = "Zanzibarian"
EVERYTHING = {"*": dict.fromkeys(("read", "create", "edit", "export", "import", "delete"), "all")}
HIDDEN = {"contact": {"job_title": "hidden", "company": "hidden"}, "company": {"industry": "readonly"}}


@pytest.fixture
def firm_key(staff: Staff) -> Any:
    return changes.create(staff.admin, "company", {"name": "Acme"}, via="test").pk


@pytest.fixture
def key(staff: Staff, firm_key: Any) -> Any:
    values = {
        "first_name": "Mia",
        "last_name": "Berg",
        "job_title": SECRET,
        "company": Ref("company", firm_key),
    }
    record = changes.create(staff.admin, "contact", values, via="test")
    changes.save(staff.admin, record, {"job_title": f"{SECRET} chief"}, via="test")
    half = roles.create(staff.admin, "Half", EVERYTHING, field_rights=HIDDEN)
    people.set_roles(staff.admin, staff.users["owner"], [half.pk])
    return record.pk


API = ("/contact", "/contact/{0}", "/contact/{0}/history", "/objects/contact", "/objects", "/changes?since=0",
       "/search?q=Mia", "/contact?include=owner")  # fmt: skip
REFUSED = ("fields=job_title", "filter=job_title ~ Zan", "sort=job_title", "include=company",
           "filter=company.name ~ Acme")  # fmt: skip


@pytest.mark.parametrize("address", API)
def test_api_names_no_hidden_field(key: Any, ask: Callers, address: str) -> None:
    answer = ask("owner").get(address.format(key))

    assert answer.status_code == 200 and SECRET not in answer.text
    if address != "/objects":  # a lead has a job title too, which is not hidden
        assert "job_title" not in answer.text


def test_document_names_no_hidden_field_of_its_object(key: Any) -> None:
    schemas = Client().get("/api/openapi.json").json()["components"]["schemas"]

    assert (
        "job_title" not in schemas["Contact"]["properties"]
        and "last_name" in schemas["Contact"]["properties"]
    )
    assert all("job_title" not in schemas[name]["properties"] for name in ("ContactWrite", "ContactPatch"))


@pytest.mark.parametrize("query", REFUSED)
def test_api_refuses_to_ask_about_a_hidden_field(key: Any, ask: Callers, query: str) -> None:
    assert ask("owner").get(f"/contact?{query}").status_code == 400
    assert ask("admin").get(f"/contact?{query}").status_code == 200


def test_api_writes_no_hidden_and_no_locked_field(key: Any, firm_key: Any, ask: Callers) -> None:
    assert ask("owner").patch(f"/contact/{key}", {"job_title": "x"}).status_code == 422
    assert ask("owner").patch(f"/company/{firm_key}", {"industry": "retail"}).status_code == 422
    assert ask("owner").patch(f"/contact/{key}", {"last_name": "Dal"}).status_code == 200


PAGES = (
    "/contact",
    "/contact/{0}",
    "/contact/{0}/edit",
    "/contact/new",
    "/contact?q=last_name~Berg",
    "/company/{1}",
    "/",
)


@pytest.mark.parametrize("address", PAGES)
def test_pages_show_no_hidden_field(staff: Staff, key: Any, firm_key: Any, address: str) -> None:
    client = Client()
    client.force_login(staff.users["owner"])

    answer = client.get(address.format(key, firm_key), follow=True)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert SECRET not in text and "job_title" not in text
    if address.startswith("/company"):
        assert "Mia" not in text.partition("<main")[2].partition("timeline")[0]
