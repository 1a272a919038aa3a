"""Forms and pages follow what fields depend on."""

import json
from typing import Any

import pytest

from aperto.kernel import changes
from tests.snapshot import unchanged
from tests.web.office import Office

OPTIONS = [{"key": "gold", "label": "Gold", "when": "status = customer"}, {"key": "none", "label": "None"}]
FIELDS: list[dict[str, Any]] = [
    {"name": "Reason", "required_when": "status = former"},
    {"name": "Licence", "shown_when": "status = customer"},
    {"name": "Branch", "readonly_when": "status = customer"},
    {"name": "Plan", "kind": "select", "settings": {"options": OPTIONS}},
]


@pytest.fixture
def shaped(office: Office) -> Office:
    for given in FIELDS:
        values = {"kind": "text", "of_object": "contact", **given}
        changes.create(office.actor(office.admin), "custom_field", values, via="test")
    return office


def ask(office: Office, status: str, record: object = "", user: Any = None) -> Any:
    address = "/contact/states" + (f"?record={record}" if record else "")
    answer = office.client(user).post(address, {"status": status})
    return json.loads(answer.content) if answer.status_code == 200 else answer.status_code


def test_state_follows_what_is_typed(shaped: Office) -> None:
    with unchanged():
        assert ask(shaped, "former") == {
            "unasked": ["licence"], "required": ["reason"], "locked": [], "withheld": {"plan": ["gold"]},
        }  # fmt: skip
        assert ask(shaped, "customer") == {
            "unasked": [], "required": [], "locked": [], "withheld": {"plan": []},
        }  # fmt: skip


def test_state_of_a_record_locks_fields(shaped: Office) -> None:
    made = shaped.make("contact", last_name="Visser", status="prospect")

    assert ask(shaped, "customer", made.pk)["locked"] == ["branch"]
    assert ask(shaped, "", made.pk, shaped.outsider) == 404
    assert ask(shaped, "", "nonsense") == 404


def test_form_begins_in_its_state(shaped: Office) -> None:
    made = shaped.make("contact", last_name="Visser", status="former", reason="Moved")

    page = shaped.client().get(f"/contact/{made.pk}/edit").content.decode()

    assert f'data-states-url="/contact/states?record={made.pk}"' in page
    assert 'data-of="licence" data-unasked' in page and 'data-of="reason">' in page
    assert 'aria-hidden="true" data-now> *' in page


def test_record_page_leaves_out_what_is_not_shown(shaped: Office) -> None:
    made = shaped.make("contact", last_name="Visser", status="former", reason="Moved")
    client = shaped.client()
    assert '<dt data-unasked id="l-licence"' in client.get(f"/contact/{made.pk}").content.decode()

    answer = client.post(f"/contact/{made.pk}/field/status", {"status": "customer"})

    assert json.loads(answer.headers["HX-Trigger"])["fields-shown"] == {"unasked": []}
    assert "data-unasked" not in client.get(f"/contact/{made.pk}").content.decode()


@pytest.mark.parametrize("place", ["field", "cell"])
def test_locked_field_is_refused_with_the_reason(shaped: Office, place: str) -> None:
    made = shaped.make("contact", last_name="Visser", status="customer")
    where = f"/contact/{made.pk}/field/branch" if place == "field" else f"/contact/cell/{made.pk}/branch"

    with unchanged():
        answer = shaped.client().post(where, {"branch": "Boats"})

    assert answer.status_code == 422
    assert "read-only while: status = customer" in answer.content.decode()


def test_object_without_conditions_asks_nothing(office: Office) -> None:
    page = office.client().get("/contact/new").content.decode()

    assert "data-states-url" not in page
