"""Charts: their numbers are those of the lists behind them, cut by rights, without script or style."""

import re
from html import unescape

import pytest
from django.test import Client

from aperto.kernel.query.views import SavedView
from aperto.web.charts.scale import scale_of
from tests.company import Staff
from tests.queries import counted
from tests.web.lists.conftest import HTMX, Browse, deal
from tests.web.lists.test_groups import hide_amount
from tests.web.lists.test_list import page

EUR = "EUR"


def deals(staff: Staff) -> None:
    for name, amount, day in (("A", 100, "2026-01-05"), ("B", 50, "2026-03-02"), ("C", 25, "2026-03-31")):
        deal(staff.owner, name, amount={"amount": str(amount), "currency": EUR}, close_date=day)
    deal(staff.owner, "Without")
    deal(
        staff.actor("outsider"),
        "Another's",
        amount={"amount": "1000", "currency": EUR},
        close_date="2026-03-02",
    )


def numbers(html: str) -> dict[str, list[tuple[str, str]]]:
    """(address, text) of each number of the table, by the group."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.S)
    cell = re.compile(r'<td class="num">(?:<a href="([^"]*)">)?([^<]*)')
    return {unescape(name): [(unescape(a), b) for a, b in cell.findall(rest)] for name, rest in rows}


def count_of(client: Client, url: str) -> str:
    path, _mark, query = url.partition("?")
    return re.sub(r"<.*", "", page(client, f"{path}/count?{query}"), flags=re.S)


@pytest.mark.parametrize(
    "asked",
    ["", "by=owner", "by=close_date:month&kind=line", "by=stage&split=owner",
     "by=close_date:week&split=stage", "by=close_date:year&kind=donut", "kind=funnel", "by=source"],
)  # fmt: skip
def test_each_number_leads_to_a_list_of_as_many(staff: Staff, browse: Browse, asked: str) -> None:
    deals(staff)
    client = browse("owner")

    html = page(client, f"/deal/chart?{asked}")

    linked = [(url, text) for cells in numbers(html).values() for url, text in cells if url]
    assert linked
    for url, text in linked:
        assert count_of(client, url) == text, url
    drawn = {unescape(url) for url in re.findall(r'<a href="([^"]+)" aria-label', html)}
    assert drawn and drawn <= {url for url, _text in linked}


def test_a_sum_by_month_has_the_months_between(staff: Staff, browse: Browse) -> None:
    deals(staff)

    html = page(browse("owner"), "/deal/chart?by=close_date:month&measure=amount:sum")
    found = {name: text for name, [(_url, text)] in numbers(html).items()}

    assert list(found) == ["January 2026", "February 2026", "March 2026", "Empty"]
    assert found["January 2026"].endswith("100,00") and found["March 2026"].endswith("75,00")
    assert "style=" not in html.partition("<main")[2] and "<script" not in html.partition("<main")[2]
    assert '<title id="chart-title">' in html and '<desc id="chart-words">' in html


@pytest.mark.parametrize(
    "asked", ["by=nonsense", "by=name", "kind=cloud", "measure=name:sum", "measure=amount:sort",
              "by=stage:day", "measure=amount:mean&split=owner", "measure=amount:mean&kind=donut",
              "q=amount >"]
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(staff: Staff, browse: Browse, asked: str) -> None:
    deals(staff)

    assert "This filter cannot be used" in page(browse("owner"), f"/deal/chart?{asked}", 422)


def test_a_chart_is_kept_in_a_view_without_what_a_reader_may_not_see(staff: Staff, browse: Browse) -> None:
    deals(staff)
    client = browse("admin")
    query = "by=close_date:month&measure=amount:sum&kind=line"

    made = client.post(
        f"/deal/views/new?layout=chart&{query}", {"name": "Money", "share": "everyone"}, headers=HTMX
    )
    url = made.headers["HX-Redirect"]

    assert url.startswith("/deal/chart?view=")
    assert client.get(url.replace("/chart", "")).headers["Location"] == url
    assert 'class="chart upright"' in page(client, url) and "Save view" not in page(client, url)
    kept = SavedView.objects.get(name="Money")
    assert kept.layout_settings["chart"]["measure"] == "amount:sum"
    shown = numbers(page(browse("outsider"), url))
    assert [text for _url, text in shown["March 2026"]][0].endswith("1.000,00")


def test_hidden_fields_are_neither_grouped_by_nor_added_up(staff: Staff, browse: Browse) -> None:
    deals(staff)
    made = browse("admin").post(
        "/deal/views/new?layout=chart&by=close_date:month&measure=amount:sum",
        {"name": "Money", "share": "everyone"},
        headers=HTMX,
    )
    hide_amount(staff)
    client = browse("outsider")

    html = page(client, made.headers["HX-Redirect"])

    assert "100,00" not in html and "March 2026" not in html and numbers(html)
    for asked in ("by=close_date", "measure=amount:sum", "split=close_date"):
        page(client, f"/deal/chart?{asked}", 422)
    page(browse("anonymous"), "/deal/chart", 302)
    page(client, "/contact/chart", 404)


def test_a_chart_costs_no_statement_per_group(staff: Staff, browse: Browse, steady: None) -> None:
    client = browse("owner")
    deal(staff.owner, "One", close_date="2026-03-02")
    address = "/deal/chart?by=close_date:month&split=owner&measure=amount:sum"
    page(client, address)

    with counted("web chart"):
        page(client, address)
    deals(staff)
    with counted("web chart"):
        page(client, address)


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([], 0, 1), ([3], 0, 3), ([0.4], 0, 0.4), ([1234], 0, 1500), ([-5, 90], -25, 100)],
)
def test_the_ends_of_a_scale_are_round(values: list[float], low: float, high: float) -> None:
    scale = scale_of(values, whole=all(each == int(each) for each in values))

    assert (round(scale.low, 6), round(scale.high, 6)) == (low, high)
    assert all(0 <= scale.share(each) <= 1 for each in values)


def test_the_newest_periods_are_drawn_without_gaps(staff: Staff, browse: Browse) -> None:
    for day in ("2019-01-01", "2025-12-31", "2026-01-05", "2026-03-20"):
        deal(staff.owner, day, close_date=day)

    html = page(browse("owner"), "/deal/chart?by=close_date:day")

    texts = [text for [(_url, text)] in numbers(html).values()]
    assert len(texts) == 63 and texts.count("1") == 4  # sixty days, and what came before them
    assert texts[-1] == "1" and texts[-2] == "0"
