"""Lists in groups, and the totals that a reader chooses: drawn, paged, remembered, and closed by rights."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from aperto.kernel.access import people, roles
from aperto.kernel.query.views import SavedView
from tests.company import Staff
from tests.queries import counted
from tests.web.lists.conftest import HTMX, Browse, contact, deal
from tests.web.lists.test_list import names, page

EUR = "EUR"


def deals(staff: Staff, *amounts: str, **values: object) -> None:
    for amount in amounts:
        deal(staff.owner, f"Of {amount}", amount={"amount": amount, "currency": EUR}, **values)


def group_heads(html: str) -> list[str]:
    """The words of each head, without markup."""
    rows = re.findall(r'<tr class="group-head".*?</tr>', html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_a_list_in_groups_has_heads_with_totals_and_the_rows_of_the_first(
    staff: Staff, browse: Browse
) -> None:
    deals(staff, "100", "200", close_date="2026-03-02")
    deals(staff, "50.50", close_date="2026-05-30")

    html = page(browse("owner"), "/deal?group=close_date:quarter")

    first, second = group_heads(html)
    assert first.startswith("Q1 2026 2") and "300,00" in first
    assert second.startswith("Q2 2026 1") and "50,50" in second
    assert len(names(html)) == 2
    assert 'aria-expanded="true"' in html and 'id="count"' in html


def test_groups_are_paged_each_by_itself(staff: Staff, browse: Browse) -> None:
    for n in range(60):
        contact(staff.owner, f"Person {n:02}", status="customer" if n else "lead")
    client = browse("owner")

    html = page(client, "/contact?group=status&sort=title")
    seen: list[str] = names(html)
    waiting = [each.replace("&amp;", "&") for each in re.findall(r'data-next="([^"]+)"', html)]
    while waiting:
        html = page(client, waiting.pop())
        seen += names(html)
        waiting += [each.replace("&amp;", "&") for each in re.findall(r'data-next="([^"]+)"', html)]

    assert sorted(seen) == [f"Person {n:02}" for n in range(60)]


def test_grouping_costs_no_statement_per_group(staff: Staff, browse: Browse, steady: None) -> None:
    client = browse("owner")
    contact(staff.owner, "One", status="lead")
    page(client, "/contact?group=status")

    with counted("web list grouped"):
        page(client, "/contact?group=status")
    contact(staff.owner, "Two", status="customer")
    contact(staff.owner, "Three")
    with counted("web list grouped"):
        page(client, "/contact?group=status")


def test_folding_and_grouping_are_remembered_in_the_view(staff: Staff, browse: Browse) -> None:
    deals(staff, "100", close_date="2026-03-02")
    client = browse("owner")

    made = client.post("/deal/views/new?group=-close_date:month", {"name": "By month"}, headers=HTMX)
    url = made.headers["HX-Redirect"]
    query = url.partition("?")[2]
    folded = client.post(f"/deal/groups/fold?{query}", {"group": "2026-03-01", "folded": "1"}, headers=HTMX)
    html = page(client, url)

    assert folded.status_code == 204
    assert "data-folded" in html and names(html) == []
    assert SavedView.objects.get().group_by == "-close_date:month"
    client.post(f"/deal/groups/fold?{query}", {"group": "2026-03-01"}, headers=HTMX)
    assert names(page(client, url)) == ["Of 100"]


def test_a_chosen_total_stays(staff: Staff, browse: Browse) -> None:
    deals(staff, "1", "2", "30")
    client = browse("owner")

    dialog = page(client, "/deal/totals/amount")
    answer = client.post("/deal/totals/amount", {"total": "median"}, headers=HTMX)

    assert re.search(r'value="max".*?30,00', dialog, re.S)
    assert answer.status_code == 204 and "totals-changed" in answer.headers["HX-Trigger"]
    assert "2,00" in page(client, "/deal/footer") and "33,00" not in page(client, "/deal/footer")
    client.post("/deal/totals/amount", {"total": ""}, headers=HTMX)
    assert "2,00" not in page(client, "/deal/footer")
    assert client.post("/deal/totals/name", {"total": "sum"}, headers=HTMX).status_code == 422


def test_heads_follow_an_edit(staff: Staff, browse: Browse) -> None:
    deals(staff, "7", close_date="2026-03-02")

    html = page(browse("owner"), "/deal/groups/heads?group=close_date:month")

    assert 'hx-swap-oob="true"' in html and "7,00" in html
    assert page(browse("owner"), "/deal/groups/heads") == ""


@pytest.mark.parametrize("group", ["nonsense", "name", "close_date:hour", "status"])
def test_other_groupings_are_explained(staff: Staff, browse: Browse, group: str) -> None:
    deals(staff, "1")
    assert names(page(browse("owner"), f"/deal?group={group}", 422)) == []


@pytest.mark.parametrize("within", ["2026-99-99", "x%00", "9999-12-01x"])
def test_rubbish_for_a_group_is_refused(staff: Staff, browse: Browse, within: str) -> None:
    client = browse("owner")

    page(client, f"/deal/rows?group=close_date:month&within={within}", 422)
    answer = client.post("/deal/groups/fold?group=close_date:month", {"group": unquote(within)})

    assert answer.status_code == 404
    assert client.post("/deal/groups/fold", {"group": "x"}).status_code == 404


def hide_amount(staff: Staff) -> None:
    grants = {"deal": {"read": "all", "edit": "all"}}
    role = roles.create(
        staff.admin, "No amounts", grants, field_rights={"deal": {"amount": "hidden", "close_date": "hidden"}}
    )
    people.set_roles(staff.admin, staff.users["outsider"], [role.pk])


def test_what_is_hidden_is_neither_grouped_by_nor_added_up(staff: Staff, browse: Browse) -> None:
    deals(staff, "100")
    hide_amount(staff)
    client: Client = browse("outsider")

    html = page(client, "/deal?group=stage")

    assert group_heads(html) and "100,00" not in html
    page(client, "/deal?group=close_date", 422)
    assert "100,00" not in page(client, "/deal/footer?group=stage")
    page(client, "/deal/totals/amount", 404)
    assert client.post("/deal/totals/amount", {"total": "sum"}).status_code == 404


def test_lanes_add_up_what_one_chooses(staff: Staff, browse: Browse) -> None:
    deals(staff, "10", "20", "90")
    client = browse("owner")

    answer = client.post("/deal/board/total", {"total": "amount:median"}, headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/deal/board"
    assert "20,00" in page(client, "/deal/board/sums") and "120,00" not in page(client, "/deal/board/sums")
    assert client.post("/deal/board/total", {"total": "name:sum"}, headers=HTMX).status_code == 422
    client.post("/deal/board/total", {"total": "-"}, headers=HTMX)
    assert "20,00" not in page(client, "/deal/board/sums")


def test_the_head_of_a_column_tells_what_is_in_it(staff: Staff, browse: Browse) -> None:
    deals(staff, "10", "20", "90")
    for name in ("Head of sales", "Head of sales", "Buyer", None):
        contact(staff.owner, job_title=name)
    client = browse("owner")

    numbers = re.sub(r"<[^>]+>|\s", " ", page(client, "/deal/statistics/amount"))
    words = re.sub(r"<[^>]+>|\s", " ", page(client, "/contact/statistics/job_title"))

    assert re.search(
        r"Filled +3 .*Minimum +€ 10,00 +Mean +€ 40,00 +Median +€ 20,00 +Maximum +€ 90,00", numbers
    )
    assert re.search(r"Filled +3 +Empty +1 +Distinct +2 .*Head of sales +2 +Buyer +1", words)
    hide_amount(staff)
    page(browse("outsider"), "/deal/statistics/amount", 404)
    page(client, "/deal/statistics/nonsense", 404)
