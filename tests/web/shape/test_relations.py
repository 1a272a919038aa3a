"""Settings → Objects → Relations: three steps, and both pages show the links with what they say."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.relate import Side, relate
from tests.company import Staff
from tests.snapshot import unchanged
from tests.web.settings.test_settings import browser

NEW = "/settings/objects/company/new-relation"
GIVEN = {
    "other": "contact",
    "name": "Adviser",
    "here": "Advisers",
    "there": "Advises",
    "here_nl": "Adviseurs",
}
PATHS = "; /rows; /count; /footer; /new; /filter; /import; /export; /{0}; /{0}/edit; /{0}/history"


def test_relation_is_made_with_columns_and_undone(staff: Staff, admin: Client) -> None:
    made = admin.post(NEW, GIVEN | {"number": "one"})
    admin.post(f"{made.headers['Location'].removesuffix('/fields')}/new-field?kind=date", {"name": "Since"})

    link = registry.get("adviser")
    assert [link.fields[key].unique for key in link.ends] == [False, True]
    assert list(link.quick) == ["company", "contact", "since"]
    for side, panel in (("company", "Advisers"), ("contact", "Advises")):
        page = admin.get(f"/settings/objects/{side}/relations").content.decode()
        assert panel in page and "one to many" in page and "Since" in page


def test_what_cannot_be_a_relation_is_refused(admin: Client, staff: Staff) -> None:
    for wrong in ({"name": "Deal"}, {"other": "user"}, {"here": ""}, {"number": "some"}):
        with unchanged():
            assert admin.post(NEW, GIVEN | {"number": "many"} | wrong).status_code == 422
    with unchanged():
        assert browser(staff, "owner").post(NEW, GIVEN | {"number": "many"}).status_code == 404


@pytest.fixture
def firm(staff: Staff) -> dict[str, Any]:
    one, other = Side("company", "Advisers"), Side("contact", "Advises")
    relate(staff.admin, "adviser", "Adviser", one, other, uuid7())
    share = {"name": "Share", "kind": "percent", "of_object": "adviser"}
    changes.create(staff.admin, "custom_field", share, via="test")
    company = changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    contact = changes.create(staff.owner, "contact", {"last_name": "Visser"}, via="test")
    return {"company": company, "contact": contact}


def linked(staff: Staff, firm: dict[str, Any]) -> Record:
    given = {key: Ref(key, each.pk) for key, each in firm.items()} | {"share": "40"}
    return changes.create(staff.owner, "adviser", given, via="test")


def page(client: Client, key: str, firm: dict[str, Any]) -> str:
    return client.get(f"/{key}/{firm[key].pk}/related").content.decode()


def test_both_pages_show_add_edit_and_unlink(staff: Staff, firm: dict[str, Any]) -> None:
    client = browser(staff, "owner")
    add = f"/adviser/new?company=company:{firm['company'].pk}"
    before = page(client, "company", firm)
    dialog = client.get(add, headers={"Aperto-Dialog": "true"}).content.decode()
    given = {"contact": str(firm["contact"].pk), "company": str(firm["company"].pk), "share": "40"}
    client.post(add, given | {"in_dialog": "1"})

    [row] = records.visible(staff.owner, "adviser").page().rows
    shown = page(client, "company", firm), page(client, "contact", firm)
    assert add in before and "Acme" in dialog and 'name="owner"' not in dialog
    for told, name in zip(shown, ("Visser", "Acme"), strict=True):
        assert f">{name}</a>" in told and "Share 40%" in told and f"/adviser/{row.id}/edit" in told
    client.post(f"/adviser/{row.id}/delete?stay=here", headers={"HX-Request": "true"})
    assert "Visser" not in page(client, "company", firm)


def test_whoever_only_reads_gets_no_tools_and_outsiders_nothing(staff: Staff, firm: dict[str, Any]) -> None:
    row = linked(staff, firm)

    told = page(browser(staff, "reader"), "company", firm)

    assert "Visser" in told and "/edit" not in told and "/adviser/new" not in told
    assert browser(staff, "outsider").get(f"/adviser/{row.pk}").status_code == 404
    assert "Acme" not in browser(staff, "outsider").get("/adviser").content.decode()


@pytest.mark.parametrize("path", PATHS.split("; "))
def test_every_page_serves_a_relation(staff: Staff, firm: dict[str, Any], path: str) -> None:
    row = linked(staff, firm)

    answer = browser(staff, "owner").get(f"/adviser{path.format(row.pk)}")

    assert answer.status_code == 200
