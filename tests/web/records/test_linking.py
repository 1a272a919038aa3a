"""What belongs to a record: panels, linking from either side, pickers, verbs."""

import json
import re
from uuid import uuid4

import pytest

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def panel(page: str, title: str) -> str:
    """The HTML of the panel with this title."""
    return next(part for part in page.split("<section ")[1:] if f">{title}</h2>" in part)


def number(page: str, title: str) -> int:
    found = re.search(r'id="related-(\d+)"', panel(page, title))
    assert found
    return int(found[1])


def test_panel_counts_and_leads_on(office: Office) -> None:
    company = office.make("company", name="Van Dijk")
    for each in range(7):
        office.make("contact", last_name=f"Person {each}", company=company.pk)

    people = panel(office.client().get(f"/company/{company.pk}").content.decode(), "People")

    assert '<span class="count">7</span>' in people
    assert people.count('class="item"') == 5
    assert f"/contact?q=company%20%3D%20{company.pk}" in people


def test_panel_holds_no_hidden_records(office: Office) -> None:
    company = office.make("company", office.admin, name="Van Dijk", owner=office.owner.pk)
    office.make("contact", office.admin, last_name="Canary", company=company.pk)
    office.make("contact", office.owner, last_name="Seen", company=company.pk)

    people = panel(office.client().get(f"/company/{company.pk}").content.decode(), "People")

    assert "Seen" in people
    assert "Canary" not in people
    assert '<span class="count">1</span>' in people


def test_link_with_a_role_and_unlink(office: Office) -> None:
    deal, contact = office.make("deal", name="Robots"), office.make("contact", last_name="Dijk")
    client = office.client()
    place = number(client.get(f"/deal/{deal.pk}").content.decode(), "People")
    typed = {"in_dialog": "1", "record": str(contact.pk), "role": "decides"}

    asked = client.get(f"/deal/{deal.pk}/related/{place}/link", headers=HTMX)
    linked = client.post(f"/deal/{deal.pk}/related/{place}/link", typed, headers=HTMX)

    assert b"<dialog" in asked.content
    assert linked.status_code == 204
    assert json.loads(linked.headers["HX-Trigger"])["related-changed"] is True
    assert "decides" in panel(client.get(f"/deal/{deal.pk}").content.decode(), "People")
    assert "Robots" in panel(client.get(f"/contact/{contact.pk}").content.decode(), "Deals")

    client.post(f"/deal/{deal.pk}/related/{place}/unlink/{contact.pk}", headers=HTMX)
    [row] = records.visible(office.actor(), "deal").page(columns=["contacts"]).rows
    assert row.values["contacts"] is None


def test_link_from_the_other_side(office: Office) -> None:
    deal, contact = office.make("deal", name="Robots"), office.make("contact", last_name="Dijk")
    client = office.client()
    place = number(client.get(f"/contact/{contact.pk}").content.decode(), "Deals")

    answer = client.post(
        f"/contact/{contact.pk}/related/{place}/link", {"record": str(deal.pk)}, headers=HTMX
    )

    assert answer.status_code == 204
    [row] = records.visible(office.actor(), "deal").page(columns=["contacts"]).rows
    assert [ref.id for ref in row.values["contacts"]] == [contact.pk]


def test_link_by_reference(office: Office) -> None:
    company, contact = office.make("company", name="Van Dijk"), office.make("contact", last_name="Dijk")
    client = office.client()
    place = number(client.get(f"/company/{company.pk}").content.decode(), "People")

    client.post(f"/company/{company.pk}/related/{place}/link", {"record": str(contact.pk)}, headers=HTMX)

    assert records.visible(office.actor(), "contact").get(contact.pk).company == company.pk


def test_linking_is_refused_where_one_may_not(office: Office) -> None:
    deal, contact = office.make("deal", name="Robots"), office.make("contact", last_name="Dijk")
    hidden = office.make("contact", office.outsider, last_name="Canary")
    place = number(office.client().get(f"/deal/{deal.pk}").content.decode(), "People")
    url, before = f"/deal/{deal.pk}/related/{place}/link", Change.objects.count()

    assert office.client(office.outsider).post(url, {"record": str(contact.pk)}).status_code == 404
    assert office.client(office.reader).post(url, {"record": str(contact.pk)}).status_code == 403
    for rubbish in (str(hidden.pk), str(uuid4()), "rubbish", "", f"deal:{deal.pk}"):
        answer = office.client().post(url, {"record": rubbish}, headers=HTMX)
        assert answer.status_code == 422, rubbish
        assert b"Canary" not in answer.content
    assert office.client().get(f"/deal/{deal.pk}/related/99/link").status_code == 404
    assert Change.objects.count() == before


def test_picker_finds_and_escapes(office: Office) -> None:
    office.make("company", name="Van <b>Dijk")
    office.make("company", office.outsider, name="Van Canary")

    found = office.client().get("/pick/company", {"q": "van"}).content.decode()
    before = office.client().get("/pick/company").content.decode()
    several = office.client().get("/pick/contact+company", {"q": "van"}).content.decode()

    assert "Van &lt;b&gt;Dijk" in found
    assert "Canary" not in found + before + several
    assert "Van &lt;b&gt;Dijk" in before
    assert 'data-value="company:' in several
    assert office.client().get("/company/pick", {"q": "van"}).content.decode() == found


def test_picker_of_users(office: Office) -> None:
    found = office.client().get("/pick/user", {"q": "olg"}).content.decode()

    assert f'data-value="{office.owner.pk}"' in found
    assert "Cas" not in found
    assert office.client().get("/user/pick", {"q": "olg"}).content.decode() == found


@pytest.mark.parametrize("objects", ["nothing", "user+nothing", "+", "contact+" * 30, "..."])
def test_rubbish_picker_is_no_500(office: Office, objects: str) -> None:
    assert office.client().get(f"/pick/{objects}", {"q": "x"}).status_code in {200, 404}


def test_verb_asks_and_acts(office: Office) -> None:
    lead = office.make("lead", first_name="Paulo", last_name="Nogueira", company_name="Porto Seco")
    client = office.client()
    page = client.get(f"/lead/{lead.pk}").content.decode()

    asked = client.get(f"/lead/{lead.pk}/action/convert", headers=HTMX).content.decode()
    answer = client.post(
        f"/lead/{lead.pk}/action/convert", {"make_deal": "1", "deal_name": "Robots"}, headers=HTMX
    )

    assert f'href="/lead/{lead.pk}/action/convert" data-dialog' in page
    assert "<dialog" in asked
    [deal] = records.visible(office.actor(), "deal").page(columns=["company", "contacts"]).rows
    assert answer.headers["HX-Redirect"] == f"/deal/{deal.id}"
    assert deal.values["company"].title == "Porto Seco"
    assert client.get(f"/lead/{lead.pk}/action/convert").status_code == 404


def test_verb_is_refused(office: Office) -> None:
    lead = office.make("lead", last_name="Nogueira", company_name="Porto Seco")
    before = Change.objects.count()

    assert office.client(office.outsider).post(f"/lead/{lead.pk}/action/convert").status_code == 404
    assert office.client(office.reader).post(f"/lead/{lead.pk}/action/convert").status_code == 403
    assert office.client().post(f"/lead/{lead.pk}/action/nothing").status_code == 404
    assert b"action/convert" not in office.client(office.reader).get(f"/lead/{lead.pk}").content
    assert Change.objects.count() == before
