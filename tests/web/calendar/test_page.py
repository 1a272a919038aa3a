"""The calendar: what stands where, for whom."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.record import Record
from tests.company import Staff
from tests.queries import counted
from tests.web.lists.conftest import Browse, deal

DAY = "2026-03-28"  # a Saturday; the clocks of Europe go forward in the night after it


def meeting(actor: Actor, subject: str, at: str, until: str | None = None, **values: Any) -> Record:
    given = {"subject": subject, "at": at, "until": until, **values}
    return changes.create(actor, "meeting", given, via="test")


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def days(html: str) -> dict[str, list[str]]:
    """Titles by day, of a month or of the hours."""
    found: dict[str, list[str]] = {}
    html = html.partition('class="of-day"')[0]
    for day, inside in re.findall(r'data-day="([\d-]+)"(.*?)(?=data-day=|$)', html, re.DOTALL):
        found.setdefault(day, []).extend(re.findall(r'<span class="t">([^<]*)</span>', inside))
    return {day: titles for day, titles in found.items() if titles}


@pytest.mark.parametrize("mode", ["month", "week", "workweek", "day", "agenda"])
def test_each_mode_shows_what_lies_in_it(staff: Staff, browse: Browse, mode: str) -> None:
    meeting(staff.owner, "Site visit", "2026-03-26T10:00:00Z", "2026-03-26T11:00:00Z")
    meeting(staff.owner, "Years away", "2028-03-26T10:00:00Z")

    html = page(browse("owner"), f"/calendar?mode={mode}&day=2026-03-26")

    assert "Site visit" in html and "Years away" not in html


def test_days_are_those_of_the_viewer_also_when_clocks_change(staff: Staff, browse: Browse) -> None:
    meeting(staff.owner, "Late", "2026-03-28T22:30:00Z", "2026-03-28T23:30:00Z")  # 23:30 to 00:30
    meeting(staff.owner, "After the change", "2026-03-29T22:30:00Z")  # 00:30 on Monday, in summer time

    html = page(browse("owner"), f"/calendar?mode=month&day={DAY}")

    assert days(html) == {
        "2026-03-28": ["Late"],
        "2026-03-29": ["Late"],
        "2026-03-30": ["After the change"],
    }


def test_whose_is_chosen_and_rights_stay(staff: Staff, browse: Browse) -> None:
    meeting(staff.owner, "Of the owner", "2026-03-26T10:00:00Z")
    url = "/calendar?mode=day&day=2026-03-26"

    assert "Of the owner" not in page(browse("colleague"), f"{url}&who=me")
    assert "Of the owner" in page(browse("colleague"), f"{url}&who=team")
    assert "Of the owner" in page(browse("colleague"), f"{url}&with={staff.owner.user_id}")
    assert "Of the owner" not in page(browse("outsider"), f"{url}&who=all")
    assert "Of the owner" not in page(browse("outsider"), f"{url}&who={staff.owner.user_id}")


def test_the_last_choice_is_remembered(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    page(client, "/calendar?mode=agenda&who=team&show=task")

    html = page(client, "/calendar")

    assert re.search(r'aria-current="true"[^>]*title="Agenda"', html)
    assert re.search(r'aria-current="true">Team', html)
    assert html.count('role="switch" aria-checked="true"') == 1


def test_a_month_caps_a_day_and_says_how_many_more(staff: Staff, browse: Browse) -> None:
    for n in range(7):
        meeting(staff.owner, f"Meeting {n}", f"2026-03-26T1{n}:00:00Z")

    html = page(browse("owner"), "/calendar?mode=month&day=2026-03-01")

    assert days(html)["2026-03-26"] == ["Meeting 0", "Meeting 1", "Meeting 2", "Meeting 3"]
    assert ">+3 more</a>" in html


def test_a_list_stands_in_time_by_its_date(staff: Staff, browse: Browse) -> None:
    deal(staff.owner, "Robots", close_date="2026-03-26")
    deal(staff.owner, "Cranes", close_date="2026-03-27")
    client = browse("owner")

    html = page(client, "/deal/calendar?mode=month&day=2026-03-01&q=name~Rob")

    assert days(html) == {"2026-03-26": ["Robots"]}
    assert page(client, "/deal/calendar?mode=month&day=2026-03-01&q=nothing~x", 422)
    assert client.get("/deal/calendar?placed=amount").status_code == 404
    assert client.get("/note/calendar?placed=body").status_code == 404


RUBBISH = (
    "day=9999-99-99", "day=%00", "mode=%00", "who=%00,x", "show=%00", "day=0001-01-01&mode=agenda",
    "day=9999-12-31&mode=month", "colour=%00",
)  # fmt: skip


@pytest.mark.parametrize("query", RUBBISH)
def test_rubbish_in_the_address_is_read_as_what_is_usual(staff: Staff, browse: Browse, query: str) -> None:
    assert browse("owner").get(f"/calendar?{query}").status_code == 200
    assert browse("owner").get(f"/deal/calendar?{query}").status_code == 200


def test_statements_do_not_grow_with_entries(staff: Staff, browse: Browse, steady: None) -> None:
    client, start = browse("owner"), datetime(2026, 3, 2, 8, tzinfo=UTC)
    page(client, "/calendar?mode=month&day=2026-03-01&who=all")
    for count in (1, 9):
        for n in range(count):
            meeting(staff.owner, f"<b>{n}", (start + timedelta(days=n)).isoformat())
        with counted("web calendar month"):
            html = page(client, "/calendar?mode=month&day=2026-03-01&who=all")
    assert "<b>0" not in html and "&lt;b&gt;0" in html


def test_a_view_keeps_its_calendar(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    url = "/deal/views/new?layout=calendar&placed=close_date&mode=week&colour=owner"
    client.post(url, {"name": "Closing", "share": "mine"}, headers={"HX-Request": "true"})

    html = page(client, "/deal").partition('id="views-menu"')[2]
    address = re.search(r'href="(/deal/calendar\?view=[^"]+)"', html)

    assert address, html[:2000]
    shown = page(client, address[1])
    assert re.search(r'aria-current="true"[^>]*title="Week"', shown) and "By owner" in shown
