"""Editing a field where it is read."""

from typing import Any

import pytest

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def stored(office: Office, object_key: str, record: Any) -> Any:
    return records.visible(office.actor(office.admin), object_key).get(record.pk)


def test_editor_holds_the_value_and_the_version(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    answer = office.client().get(f"/deal/{deal.pk}/field/name", headers=HTMX)

    assert answer.status_code == 200
    assert b'value="Robots"' in answer.content
    assert b'name="version" value="1"' in answer.content
    assert b"<form" not in answer.content


def test_value_is_saved_and_shown(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    answer = office.client().post(
        f"/deal/{deal.pk}/field/name", {"name": "Arms", "version": "1"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert answer.content.decode().startswith("Arms")
    assert answer.headers["Aperto-Version"] == "2"
    assert "<h1>Arms</h1>" in answer.content.decode()
    assert stored(office, "deal", deal).name == "Arms"


def test_refused_value_stays_as_typed(office: Office) -> None:
    deal = office.make("deal", name="Robots", amount={"amount": "10"})
    typed = {"amount": "ten <b>euro</b>", "amount.currency": "EUR", "version": "1"}

    answer = office.client().post(f"/deal/{deal.pk}/field/amount", typed, headers=HTMX)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="ten &lt;b&gt;euro&lt;/b&gt;"' in page
    assert "field-error" in page
    assert stored(office, "deal", deal).amount == 10


def test_required_field_cannot_be_emptied(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    answer = office.client().post(f"/deal/{deal.pk}/field/name", {"name": " "}, headers=HTMX)

    assert answer.status_code == 422
    assert b"This field is required." in answer.content


def test_other_version_conflicts_and_shows_both(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    office.client(office.colleague).post(f"/deal/{deal.pk}/field/name", {"name": "Theirs", "version": "1"})

    answer = office.client().post(
        f"/deal/{deal.pk}/field/name", {"name": "Mine", "version": "1"}, headers=HTMX
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "<dialog" in page
    assert "Theirs" in page
    assert "Mine" in page
    assert stored(office, "deal", deal).name == "Theirs"


def test_other_fields_merge(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    office.client(office.colleague).post(
        f"/deal/{deal.pk}/field/next_step", {"next_step": "Call", "version": "1"}
    )

    answer = office.client().post(
        f"/deal/{deal.pk}/field/name", {"name": "Arms", "version": "1"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert (stored(office, "deal", deal).name, stored(office, "deal", deal).next_step) == ("Arms", "Call")


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_refusal_changes_nothing(office: Office, who: str, status: int, method: str) -> None:
    deal = office.make("deal", name="Robots")
    before = Change.objects.count()

    client = office.client(getattr(office, who))
    answer = getattr(client, method)(f"/deal/{deal.pk}/field/name", {"name": "Taken"}, headers=HTMX)

    assert answer.status_code == status
    assert b"Robots" not in answer.content
    assert stored(office, "deal", deal).name == "Robots"
    assert Change.objects.count() == before


@pytest.mark.parametrize("key", ["number", "created_at", "version", "title"])
def test_readonly_field_is_refused(office: Office, key: str) -> None:
    deal = office.make("deal", name="Robots")

    assert office.client().get(f"/deal/{deal.pk}/field/{key}").status_code == 403
    assert office.client().post(f"/deal/{deal.pk}/field/{key}", {key: "1"}).status_code == 403


def test_every_writable_field_has_an_editor(office: Office) -> None:
    for object_key in ("contact", "company", "lead", "deal", "product", "task"):
        values = {"name": "X"} if object_key in {"company", "deal", "product"} else {"last_name": "X"}
        record = office.make(object_key, **(values if object_key != "task" else {"subject": "X"}))
        client = office.client()
        for key, each in record.declares.writable.items():
            answer = client.get(f"/{object_key}/{record.pk}/field/{key}", headers=HTMX)
            assert answer.status_code == 200, key
            assert f'name="{key}' in answer.content.decode() or each.kind in {
                "emails",
                "phones",
                "address",
            }, key
