"""What the home page adds once it is there; and that each number is that of the list behind it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel import changes, news, records
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Change
from aperto.kernel.objects.registry import registry
from aperto.web.home.forecast import forecast
from aperto.web.home.pipeline import pipeline
from aperto.web.home.scope import SCOPES, scope_of
from tests.queries import counted
from tests.web.office import Office

NOW = datetime(2026, 3, 4, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def later(office: Office, who: User | None = None, **asked: str) -> str:
    answer = office.client(who).get("/home/later", asked, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", "").replace("€ ", "€")


def deals(office: Office) -> None:
    for amount, probability, close, who in (
        (1000, 50, date(2026, 3, 20), office.owner),
        (3000, 10, date(2026, 3, 31), office.owner),
        (500, 25, date(2026, 1, 9), office.owner),
        (800, 90, date(2027, 5, 1), office.owner),
        (7000, 20, date(2026, 4, 1), office.colleague),
        (9999, 80, date(2026, 3, 5), office.outsider),
    ):
        made = office.make("deal", who, name=f"D{amount}", amount={"amount": str(amount)}, close_date=close)
        changes.save(office.actor(who), made, {"probability": probability}, via="test")
    office.make("deal", name="Won", amount={"amount": "400"}, close_date=date(2026, 3, 1),
                stage=office.stage("deal", "Won"))  # fmt: skip
    office.make("deal", name="Without a day", amount={"amount": "60"})


def behind(office: Office, url: str, who: User) -> tuple[int, Decimal]:
    """What the list of this address holds: how many, and what they add up to."""
    text = parse_qs(urlsplit(url).query)["q"][0]
    found = records.visible(office.actor(who), "deal").matching(text)
    return found.count().number, found.aggregate([("amount", "sum")])["amount", "sum"] or Decimal(0)


@pytest.mark.parametrize("of", [each.key for each in SCOPES])
def test_numbers_are_those_of_the_lists(office: Office, of: str) -> None:
    deals(office)
    for who in (office.owner, office.reader):
        actor, scope = office.actor(who), scope_of(of)
        found, funnel = (
            forecast(actor, registry.get("deal"), scope),
            pipeline(actor, registry.get("deal"), scope),
        )
        for bar in found.bars if found else ():
            assert behind(office, bar.url, who) == (bar.count, Decimal(bar.whole)), bar
        for step in funnel.bars:
            assert behind(office, step.url, who)[1] == Decimal(step.value), step
        assert behind(office, funnel.url, who)[0] == funnel.count


def test_forecast_weighs_by_probability(office: Office) -> None:
    deals(office)

    mine, team = later(office), later(office, of="team")

    assert "€800</strong>" in mine  # half of 1000 and a tenth of 3000, in March
    assert "of €4.000 in 2" in mine
    assert "€125</strong>" in mine  # overdue
    assert "€1.645 expected" in mine
    assert "€1.400</strong>" in team
    assert "9.999" not in mine + team + later(office, of="company")


def test_gone_quiet_are_those_without_a_word_or_a_plan(office: Office) -> None:
    def spoke(name: str, ago: int, planned: bool = False) -> None:
        contact = office.make("contact", last_name=name)
        about = [f"contact:{contact.pk}"]
        office.make("call", subject="x", at=NOW - timedelta(days=ago), about=about)
        if planned:
            office.make("task", subject="y", due=NOW + timedelta(days=1), about=about)

    spoke("Quiet", 40)
    spoke("Recent", 3)
    spoke("Middling", 20)
    spoke("Planned", 50, planned=True)
    office.make("contact", last_name="Never")

    page, short = later(office), later(office, days="14")

    assert "Quiet" in page
    assert "Middling" not in page
    assert "No contact for 20 days" in short
    assert not {"Recent", "Planned", "Never"} & set(short.replace("<", ">").split(">"))


def test_cost_of_what_comes_later_is_constant(office: Office) -> None:
    client = office.client()
    deals(office)
    client.get("/home/later")
    with counted(f"home later, {connection.vendor}"):
        client.get("/home/later")


def test_ones_own_changes_are_passed_over_in_the_index(office: Office) -> None:
    theirs = office.make("deal", office.colleague, name="Shared")
    drafts = [changes.Draft({"last_name": f"C{n}"}) for n in range(300)]
    changes.save_many(office.actor(), "contact", drafts, via="import")

    with CaptureQueriesContext(connection) as captured:
        told = news.latest(office.actor(), NOW - timedelta(days=1))

    assert theirs.pk in [each.record for each, _ref in told]
    [read] = [
        query["sql"]
        for query in captured.captured_queries
        if "kernel_change" in query["sql"] and "diff" in query["sql"]
    ]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {read}")
            assert "COVERING INDEX change_by_others" in str(cursor.fetchall())
    assert Change.objects.count() > 300
