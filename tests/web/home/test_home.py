"""The home page: one's own day, what is open, what was won, what is quiet, what is new."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection

from aperto.kernel import changes
from tests.queries import counted
from tests.web.office import Office


def home(office: Office, who: object = None, of: str = "me") -> str:
    answer = office.client(who or office.owner).get("/", {"of": of})  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", "").replace("€ ", "€")  # however the locale spaces it


def test_home_of_an_empty_firm_teaches(office: Office) -> None:
    page = home(office)

    assert "Nothing is due today." in page
    assert "Nobody else has changed anything since yesterday." in page


def test_due_and_late_activities_are_listed_with_a_box(office: Office) -> None:
    now = datetime.now(UTC)
    contact = office.make("contact", last_name="Dijk")
    late = office.make(
        "task", subject="Late <b>", due=now - timedelta(days=2), about=[f"contact:{contact.pk}"]
    )
    office.make("task", subject="Far away", due=now + timedelta(days=9))
    office.make("task", subject="Is done", due=now - timedelta(days=1), done=True)
    office.make("task", office.colleague, subject="Of somebody else", due=now)

    page = home(office)

    page = page[page.index('id="today"') : page.index('id="news-title"')]
    assert f'hx-post="/task/{late.pk}/finish"' in page
    assert "Late &lt;b&gt;" in page
    assert f'href="/contact/{contact.pk}"' in page
    for absent in ("Far away", "Is done", "Of somebody else"):
        assert absent not in page


def test_pipeline_by_stage_and_what_was_won(office: Office) -> None:
    office.make("deal", name="One", amount={"amount": "1000"})
    office.make("deal", name="Two", amount={"amount": "500"}, stage=office.stage("deal", "Discovery"))
    office.make("deal", name="Three", amount={"amount": "200"}, stage=office.stage("deal", "Won"))
    office.make("deal", office.colleague, name="Theirs", amount={"amount": "4000"})

    page, team = home(office), home(office, of="team")

    assert "€1.500" in page
    assert "€200" in page
    assert "€5.500" in team


def test_company_switch_shows_only_what_one_may_see(office: Office) -> None:
    office.make("deal", office.outsider, name="Canary", amount={"amount": "7777"})

    for of in ("me", "team", "company"):
        page = home(office, of=of)
        assert "Canary" not in page
        assert "7.777" not in page
    assert "€7.777" in home(office, office.reader, of="company")


def test_tiles_lead_to_their_lists(office: Office) -> None:
    office.make("deal", name="One", amount={"amount": "1000"})
    client = office.client()
    page = client.get("/").content.decode()

    links = {part.split('"')[0] for part in page.split('href="')[1:] if "?q=" in part.split('"')[0]}

    assert len(links) >= 4
    for link in links:
        assert client.get(unescape(link)).status_code == 200, link


def test_quiet_records_say_why(office: Office) -> None:
    deal = office.make("deal", name="Forgotten")

    assert f'href="/deal/{deal.pk}"' in home(office)
    assert "Nothing was said yet" in home(office)


def test_news_are_of_others_and_visible(office: Office) -> None:
    shared = office.make("deal", name="Shared deal")
    changes.save(office.actor(office.colleague), shared, {"next_step": "Write"}, via="page")
    office.make("deal", office.outsider, name="Canary")

    page = home(office)

    news = page[page.index('id="news-title"') :]
    assert "Shared deal" in news
    assert "<b>Cas</b>: Next step" in news
    assert "Canary" not in news


@pytest.mark.parametrize("of", ["", "x", "company'--", "\x00"])
def test_rubbish_scope_is_ones_own(office: Office, of: str) -> None:
    assert office.client().get("/", {"of": of}).status_code == 200


def test_cost_is_constant(office: Office) -> None:
    client = office.client()
    fill(office, 0)
    client.get("/")
    engine = connection.vendor  # each finds the first rows of a sort in its own way
    with counted(f"home: 1 of each, {engine}"):
        client.get("/")

    for number in range(1, 4):
        fill(office, number)

    with counted(f"home: 4 of each, {engine}"):
        client.get("/")


def fill(office: Office, number: int) -> None:
    deal = office.make("deal", name=f"Deal {number}", amount={"amount": "100"})
    office.make("task", subject=f"Do {number}", due=datetime.now(UTC), about=[f"deal:{deal.pk}"])
    changes.save(office.actor(office.colleague), deal, {"next_step": f"Step {number}"}, via="page")
