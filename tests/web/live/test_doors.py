"""What a page fetches when a stream has spoken, under the rights of that moment."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from aperto.kernel.access.models import Organisation
from aperto.kernel.access.organisation import forget
from aperto.live import tickets
from tests.web.office import Office


@pytest.fixture
def live(settings: Settings) -> None:
    settings.LIVE = ":8001"


def test_a_ticket_names_the_person_and_where_to_go(office: Office, live: None) -> None:
    client = office.client()

    told = client.get("/now/ticket").json()

    held = tickets.read(told["ticket"])
    assert told["place"] == ":8001" and held is not None
    assert (held.person, held.session) == (office.owner.pk, client.session.session_key)
    assert held.session not in told["ticket"]
    assert b'<meta name="live"' in client.get("/company").content


def test_without_a_stream_process_pages_do_not_ask(office: Office) -> None:
    client = office.client()

    assert client.get("/now/ticket").status_code == 204
    assert b'<meta name="live"' not in client.get("/company").content


def test_whoever_looks_through_another_gets_no_ticket(office: Office, live: None) -> None:
    client = office.client(office.admin)
    client.post(reverse("view_as", args=[office.colleague.pk]))

    assert client.get("/now/ticket").status_code == 204


def test_rows_are_those_of_the_list_alone(office: Office) -> None:
    inside, outside = office.make("company", name="Alfa"), office.make("company", name="Beta")
    hidden = office.make("company", office.outsider, name="Alfa of others")
    ids = ",".join(str(each.pk) for each in (inside, outside, hidden))

    html = office.client().get("/now/company/rows", {"q": 'name ~ "Alfa"', "ids": ids}).content.decode()

    assert html.count("<tr ") == 1 and str(inside.pk) in html
    assert office.client().get("/now/company/rows", {"ids": "1 or 1"}).status_code == 404


def test_cards_stand_under_their_lanes(office: Office) -> None:
    record = office.make("deal", name="Roof")

    html = office.client().get("/now/deal/cards", {"ids": str(record.pk)}).content.decode()

    assert html.count("data-now-lane") == 1 and f'id="card-{record.pk}"' in html
    assert 'hx-swap-oob="true"' in html
    other = office.client(office.outsider).get("/now/deal/cards", {"ids": str(record.pk)})
    assert str(record.pk) not in other.content.decode()


def test_a_record_comes_with_its_version(office: Office) -> None:
    record = office.make("company", name="Veldkamp")

    answer = office.client(office.colleague).get(f"/now/company/{record.pk}")

    assert answer.headers["Aperto-Version"] == "1" and 'id="v-name"' in answer.content.decode()
    assert office.client(office.outsider).get(f"/now/company/{record.pk}").status_code == 404


def test_who_is_here_is_named_to_whoever_sees_the_record(office: Office) -> None:
    record = office.make("company", name="Veldkamp")
    who = f"{office.colleague.pk}.name,{office.admin.pk}.nothing"
    path = f"/now/company/{record.pk}/here?who={who}"

    html = office.client().get(path).content.decode()

    assert "Cas is editing “Name”" in html and "Ada has this open" in html
    assert office.client(office.outsider).get(path).status_code == 404
    assert office.client().get(f"/now/company/{record.pk}/here?who=x").status_code == 404
    Organisation.objects.filter(pk=1).update(presence=False)
    forget()
    assert "Cas" not in office.client().get(path).content.decode()
    forget()


def test_presence_is_switched_off_by_administrators(office: Office) -> None:
    firm = {"name": "Nordwijk", "language": "en", "country": "NL", "currency": "EUR", "zone": "UTC"}

    assert office.client().post(reverse("organisation"), firm).status_code in {403, 404}
    assert Organisation.objects.get().presence
    office.client(office.admin).post(reverse("organisation"), firm)

    assert not Organisation.objects.get().presence
    forget()
