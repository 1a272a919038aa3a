"""New records: dialog and page, presets, messages, what was typed."""

import json
from typing import Any

import pytest

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def only(office: Office, object_key: str) -> Any:
    [row] = records.visible(office.actor(office.admin), object_key).page(limit=5).rows
    return records.visible(office.actor(office.admin), object_key).get(row.id)


def test_dialog_asks_little_and_page_asks_all(office: Office) -> None:
    dialog = office.client().get("/contact/new", headers=HTMX).content.decode()
    page = office.client().get("/contact/new").content.decode()

    assert "<dialog" in dialog
    assert 'name="last_name"' in dialog
    assert 'name="birthday"' not in dialog
    assert "<dialog class=" not in page.split('id="content"')[1].split('id="palette"')[0]
    assert 'name="birthday"' in page


def test_page_creates_and_opens(office: Office) -> None:
    answer = office.client().post("/contact/new", {"first_name": "Marieke", "last_name": "van Dijk"})

    contact = only(office, "contact")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/contact/{contact.pk}")
    assert (contact.title, contact.owner, contact.team) == ("Marieke van Dijk", office.owner.pk, office.team)


def test_dialog_hands_the_record_to_whoever_opened_it(office: Office) -> None:
    answer = office.client().post("/company/new", {"in_dialog": "1", "name": "Van Dijk"}, headers=HTMX)

    company = only(office, "company")
    happened = json.loads(answer.headers["HX-Trigger"])
    assert answer.status_code == 204
    assert happened["picked"] == {"value": str(company.pk), "label": "Van Dijk"}


def test_save_and_new_opens_an_empty_form(office: Office) -> None:
    typed = {"in_dialog": "1", "then": "new", "name": "Van Dijk"}

    answer = office.client().post("/company/new", typed, headers=HTMX)

    assert answer.status_code == 200
    assert b"<dialog" in answer.content
    assert b"Van Dijk" not in answer.content
    assert only(office, "company").title == "Van Dijk"


def test_preset_values_are_filled_in(office: Office) -> None:
    company = office.make("company", name="Van Dijk <i>")

    dialog = office.client().get(f"/contact/new?company={company.pk}", headers=HTMX).content.decode()

    assert f'<option selected value="{company.pk}"' in dialog
    assert "Van Dijk &lt;i&gt;" in dialog


def test_preset_of_a_hidden_record_says_nothing(office: Office) -> None:
    secret = office.make("company", office.outsider, name="Kanarie Holding")

    for headers in (HTMX, {}):
        answer = office.client().get(f"/contact/new?company={secret.pk}", headers=headers)
        assert b"Kanarie" not in answer.content


def test_preset_without_control_is_kept(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    url = f"/note/new?about=contact:{contact.pk}"

    office.client().post(
        url, {"in_dialog": "1", "body": "Hello", "about": f"contact:{contact.pk}"}, headers=HTMX
    )

    [note] = records.visible(office.actor(), "note").page(columns=["about"]).rows
    assert [ref.id for ref in note.values["about"]] == [contact.pk]


def test_name_of_a_picker_becomes_the_title(office: Office) -> None:
    person = office.client().get("/contact/new?name=Marieke+van+Dijk", headers=HTMX).content.decode()
    company = office.client().get("/company/new?name=Van+Dijk", headers=HTMX).content.decode()

    assert 'name="first_name" value="Marieke"' in person
    assert 'name="last_name" value="van Dijk"' in person
    assert 'name="name" value="Van Dijk"' in company


def test_mistakes_stand_beside_their_fields_and_nothing_is_lost(office: Office) -> None:
    typed = {
        "first_name": 'Marieke "<b>"',
        "last_name": "",
        "birthday": "the day <i>before</i>",
        "emails.0.address": "no address",
        "emails.0.type": "home",
        **dict.fromkeys(("emails.0.opt_out", "emails.0.invalid", "emails.1.opt_out", "emails.1.invalid"), ""),
        "emails.1.address": "jo@example.com",
        "emails.1.type": "work",
        "status": "customer",
        "address.street": "Quay 1",
        "address.city": "Rotterdam",
        "no_calls": "1",
    }

    answer = office.client().post("/contact/new", typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    for kept in (
        "Marieke &quot;&lt;b&gt;&quot;",
        "the day &lt;i&gt;before&lt;/i&gt;",
        "no address",
        "jo@example.com",
    ):
        assert kept in page
    assert '<option value="customer" selected>' in page
    assert 'value="Rotterdam"' in page
    assert "Quay 1</textarea>" in page
    assert 'id="err-f-birthday"' in page
    assert not records.visible(office.actor(), "contact").exists()


def test_refused_dialog_comes_back_as_a_dialog(office: Office) -> None:
    answer = office.client().post("/company/new", {"in_dialog": "1", "name": ""}, headers=HTMX)

    assert answer.status_code == 422
    assert b"<dialog" in answer.content
    assert b"This field is required." in answer.content
    assert "HX-Retarget" not in answer.headers


def test_taken_number_is_told_beside_its_field(office: Office) -> None:
    office.make("contact", last_name="One", external_id="X-1")

    answer = office.client().post("/contact/new", {"last_name": "Two", "external_id": "X-1"})

    assert answer.status_code == 422
    assert 'id="err-f-external_id"' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_reader_creates_nothing(office: Office, method: str) -> None:
    before = Change.objects.count()

    answer = getattr(office.client(office.reader), method)("/contact/new", {"last_name": "Dijk"})

    assert answer.status_code == 403
    assert Change.objects.count() == before


def test_configuration_is_made_by_administrators(office: Office) -> None:
    assert office.client().get("/stage/new").status_code == 403
    assert office.client(office.admin).get("/stage/new").status_code == 200


def test_foreign_owner_is_refused(office: Office) -> None:
    answer = office.client().post("/contact/new", {"last_name": "Dijk", "owner": str(office.outsider.pk)})

    assert answer.status_code == 422
    assert 'id="err-f-owner"' in answer.content.decode()
    assert not records.visible(office.actor(office.admin), "contact").exists()
