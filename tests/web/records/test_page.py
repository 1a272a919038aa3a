"""The page of a record, for each of the people of an office."""

from uuid import uuid4

import pytest

from aperto.kernel import changes, records
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from tests.queries import counted
from tests.web.office import Office

NAUGHTY = "<script>alert(1)</script>\"'><b>&amp;"
OBJECTS = [each.key for each in registry]


def test_page_shows_what_the_record_is(office: Office) -> None:
    company = office.make("company", name="Van Dijk Logistiek")
    contact = office.make("contact", first_name="Marieke", last_name="van Dijk", company=company.pk)

    answer = office.client().get(f"/contact/{contact.pk}")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<h1>Marieke van Dijk</h1>" in page
    assert f'href="/company/{company.pk}"' in page
    assert "<b>Olga</b> created this record" in page


@pytest.mark.parametrize("object_key", OBJECTS)
def test_page_of_unknown_record_is_404(office: Office, object_key: str) -> None:
    assert office.client().get(f"/{object_key}/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    "path", ["nothing/{0}", "nothing/new", "contact/{0}/nothing", "contact/{0}/field/nothing"]
)
def test_rubbish_address_is_404(office: Office, path: str) -> None:
    contact = office.make("contact", last_name="Dijk")

    assert office.client().get("/" + path.format(contact.pk)).status_code == 404


def test_foreign_record_does_not_exist(office: Office) -> None:
    deal = office.make("deal", name="Secret robots")

    answer = office.client(office.outsider).get(f"/deal/{deal.pk}")

    assert answer.status_code == 404
    assert b"Secret robots" not in answer.content


def test_colleague_and_reader_see_it(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    assert office.client(office.colleague).get(f"/deal/{deal.pk}").status_code == 200
    assert office.client(office.reader).get(f"/deal/{deal.pk}").status_code == 200


def test_reader_gets_no_way_to_write(office: Office) -> None:
    deal = office.make("deal", name="Robots", amount={"amount": "10"})

    page = office.client(office.reader).get(f"/deal/{deal.pk}").content.decode()

    body = page[page.index('id="content"') : page.index('id="palette"')]
    assert "data-edit-url" not in body
    assert "hx-post" not in body
    assert 'method="post"' not in body


@pytest.mark.parametrize("object_key", ["contact", "company", "lead", "deal", "product", "task", "call"])
def test_naughty_text_is_escaped_everywhere(office: Office, object_key: str) -> None:
    texts = {
        key: NAUGHTY
        for key, each in registry.get(object_key).writable.items()
        if each.kind in {"text", "long_text"} and key not in {"vat_number", "registration_number"}
    }
    record = office.make(object_key, **texts)

    for path in ("", "/history", "/edit"):
        page = office.client().get(f"/{object_key}/{record.pk}{path}").content.decode()
        assert "<script>alert" not in page
        assert "'><b>&amp;" not in page.replace("&#x27;&gt;", "")


@pytest.mark.parametrize("object_key", OBJECTS)
def test_every_object_has_a_page(office: Office, object_key: str) -> None:
    page = records.visible(office.actor(office.admin), object_key).page(columns=[], limit=1)
    values = needed(object_key) | asked_by_rules(office, object_key)
    key = page.rows[0].id if page.rows else office.make(object_key, office.admin, **values).pk

    assert office.client(office.admin).get(f"/{object_key}/{key}").status_code == 200
    assert office.client(office.admin).get(f"/{object_key}/{key}/history").status_code == 200
    assert office.client(office.admin).get(f"/{object_key}/{key}/edit").status_code == 200
    assert office.client(office.admin).get(f"/{object_key}/new").status_code == 200


def asked_by_rules(office: Office, object_key: str) -> dict[str, object]:
    """What an object's own rules want besides."""
    if object_key == "comment":
        return {"about": Ref("company", office.make("company", name="Veldkamp").pk)}
    condition = "title is filled"
    return {
        "sharing_rule": {"condition": condition, "with_team": office.team},
        "menu": {"arrangement": {"groups": [{"title": "A", "items": ["deal"]}]}},
        "layout": {"of_object": "deal", "place": "card", "arrangement": {"fields": ["amount"]}},
        "territory": {"condition": condition, "to_team": office.team},
        "custom_field": {"of_object": "contact"},
    }.get(object_key, {})


def needed(object_key: str) -> dict[str, object]:
    """Values that the object cannot be without, but for files."""
    fields = registry.get(object_key).writable
    if object_key == "file":
        pytest.skip("files are made of uploads; see tests/web/files")
    one = registry.get(object_key).one_of[:1]
    return {
        key: each.sample(1)
        for key, each in fields.items()
        if (each.required and each.default is None) or key in one
    }


def test_deleted_record_says_by_whom(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    changes.delete(office.actor(), deal, via="test")

    answer = office.client().get(f"/deal/{deal.pk}")

    assert answer.status_code == 410
    page = answer.content.decode()
    assert "“Robots” was deleted" in page
    assert "Olga moved it to the recycle bin" in page
    assert f'action="/deal/{deal.pk}/restore"' in page


def test_deleted_record_offers_restoring_only_to_whoever_may(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    changes.delete(office.actor(), deal, via="test")

    assert b"/restore" not in office.client(office.reader).get(f"/deal/{deal.pk}").content
    assert office.client(office.outsider).get(f"/deal/{deal.pk}").status_code == 404


def test_cost_of_the_page_is_constant(office: Office) -> None:
    """The same number of queries for a record with a long past and many relations as for a short one."""
    company = office.make("company", name="Van Dijk")
    client = office.client()
    for number in range(6):
        furnish(office, company, number)
    client.get(f"/company/{company.pk}")  # what is remembered for a while is read once
    with counted("record page: 6 of each"):
        client.get(f"/company/{company.pk}")

    for number in range(6, 12):
        furnish(office, company, number)

    with counted("record page: 12 of each"):
        client.get(f"/company/{company.pk}")


def furnish(office: Office, company: object, number: int) -> None:
    key = company.pk  # type: ignore[attr-defined]
    office.make("contact", last_name=f"Person {number}", company=key)
    office.make("deal", name=f"Deal {number}", company=key)
    for activity in ("note", "call"):
        office.make(activity, body=f"Said {number}", about=[f"company:{key}"])
    office.make("task", subject=f"Do {number}", about=[f"company:{key}"])
    changes.save(office.actor(), company, {"description": f"Words {number}"}, via="test")  # type: ignore[arg-type]
