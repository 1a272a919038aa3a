"""Timelines: what lies in a time, on lanes, cut by rights and filter, without script or style."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from aperto.kernel.query.views import SavedView
from aperto.web.lanes.packing import packed
from tests.company import Staff
from tests.queries import counted
from tests.web.charts.test_charts import count_of
from tests.web.lists.conftest import HTMX, Browse, deal
from tests.web.lists.test_groups import hide_amount
from tests.web.lists.test_list import page

MARCH = "zoom=month&day=2026-03-10"


def deals(staff: Staff) -> None:
    for name, day in (
        ("A", "2026-03-01"),
        ("B", "2026-03-31"),
        ("Before", "2026-02-28"),
        ("After", "2026-04-01"),
    ):
        deal(staff.owner, name, close_date=day)
    deal(staff.owner, "Without")
    deal(staff.actor("outsider"), "Another's", close_date="2026-03-02")


def lanes(html: str) -> dict[str, list[str]]:
    """The titles of the bars by the name of their lane, as they are said."""
    found = {}
    for section in html.split('<section class="lane-row"')[1:]:
        name = re.findall(r"<h3[^>]*>(.*?)</h3>", section)[0]
        said = re.findall(r'aria-label="(.*?), ', section.partition("</section>")[0])
        found[unescape(name)] = [unescape(each) for each in said]
    return found


def test_a_lane_holds_what_lies_in_the_time_and_is_seen(staff: Staff, browse: Browse) -> None:
    deals(staff)

    html = page(browse("owner"), f"/deal/timeline?{MARCH}")

    assert list(lanes(html).values()) == [["A", "B"]]
    assert list(lanes(page(browse("owner"), f"/deal/timeline?{MARCH}&q=name = B")).values()) == [["B"]]
    assert "Another&#x27;s" in page(browse("outsider"), f"/deal/timeline?{MARCH}")
    main = html.partition("<main")[2]
    assert "style=" not in main and "<script" not in main and "March 2026" in main
    empty = page(browse("owner"), "/deal/timeline?day=2001-01-01")
    assert "Nothing lies in this time" in empty and '<a class="btn primary" href' not in empty


def test_a_bar_runs_from_a_moment_to_a_day(staff: Staff, browse: Browse) -> None:
    """The end is compared as its own kind: what is made today and ends later is seen in the time between."""
    month_ago = (timezone.localdate() - timedelta(days=30)).isoformat()
    for name, day in (("Long", "9999-12-31"), ("Backwards", month_ago)):
        deal(staff.owner, name, close_date=day)
    client, query = browse("owner"), "begins=created_at&ends=close_date&lanes=-"

    assert lanes(page(client, f"/deal/timeline?{query}&zoom=week"))["Deals"] == ["Long", "Backwards"]
    [following] = re.findall(
        r'<a href="([^"]*)" data-calendar-step="1"', page(client, f"/deal/timeline?{query}")
    )
    assert lanes(page(client, unescape(following))) == {"Deals": ["Long"]}
    reverse = page(client, "/deal/timeline?begins=close_date&ends=created_at&lanes=owner")
    assert list(lanes(reverse).values()) == [["Backwards"]]


def test_what_finds_no_room_is_in_the_list_behind_the_lane(staff: Staff, browse: Browse) -> None:
    for n in range(12):
        deal(staff.owner, f"Deal {n}", close_date="2026-03-10")
    client = browse("owner")

    for query in (MARCH, f"{MARCH}&begins=close_date&ends=updated_at&lanes=owner"):
        html = page(client, f"/deal/timeline?{query}")

        assert [len(each) for each in lanes(html).values()] == [8]
        [(url, words)] = re.findall(r'<a class="more-ev" href="([^"]*)">([^<]*)', html)
        assert words == "+4 more" and count_of(client, unescape(url)) == "12"


@pytest.mark.parametrize(
    "asked",
    ["begins=name", "begins=nonsense", "ends=name", "lanes=nonsense", "lanes=close_date", "q=amount >"],
)
def test_what_cannot_be_drawn_is_said(staff: Staff, browse: Browse, asked: str) -> None:
    assert "This filter cannot be used" in page(browse("owner"), f"/deal/timeline?{asked}", 422)


def test_a_view_keeps_its_timeline_without_what_a_reader_may_not_see(staff: Staff, browse: Browse) -> None:
    deals(staff)
    client, query = browse("admin"), "begins=close_date&lanes=owner&zoom=year"

    made = client.post(
        f"/deal/views/new?layout=timeline&{query}", {"name": "Plan", "share": "everyone"}, headers=HTMX
    )
    url = made.headers["HX-Redirect"]

    assert url.startswith("/deal/timeline?view=") and "Save view" not in page(client, url)
    assert SavedView.objects.get(name="Plan").layout_settings["timeline"]["zoom"] == "year"
    assert "Mar 2026" in page(client, f"{url}&day=2026-03-10")
    hide_amount(staff)
    html = page(browse("outsider"), f"{url}&day=2026-03-10")
    assert "Mar 2026" not in html
    for asked in ("begins=close_date", "ends=close_date"):
        page(browse("outsider"), f"/deal/timeline?{asked}", 422)
    page(browse("anonymous"), "/deal/timeline", 302)


def test_a_timeline_costs_no_statement_per_record_or_lane(staff: Staff, browse: Browse, steady: None) -> None:
    client: Client = browse("owner")
    deal(staff.owner, "One", close_date="2026-03-02")
    address = f"/deal/timeline?{MARCH}&lanes=stage&colour=owner"
    page(client, address)

    with counted("web timeline"):
        page(client, address)
    deals(staff)
    with counted("web timeline"):
        page(client, address)


def test_bars_and_their_names_do_not_cover_each_other() -> None:
    places = packed([(-1.0, 0.3), (0.2, 0.2), (0.31, 0.32), (0.97, 0.97), (0.99, 3.0)], 2)

    assert [place and place.row for place in places] == [0, 1, 0, 0, 1]
    assert [place.names_before for place in places if place] == [False, False, False, True, True]
    assert packed([(0.1, 0.9), (0.2, 0.3)], 1)[1] is None
