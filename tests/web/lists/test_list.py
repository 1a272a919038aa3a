"""The list page: who sees which rows, what it says of itself, paging, and filters typed into its address."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from tests.company import Staff
from tests.queries import counted
from tests.web.lists.conftest import HTMX, Browse, contact, deal

NAUGHTY = "<img src=x onerror=alert(1)>\"'&amp;‮"


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code, answer.content[:500])
    return answer.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'class="title-cell"[^>]*><span[^>]*>[^<]*</span>([^<]*)</a>', html)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("owner", True), ("colleague", True), ("manager", True), ("reader", True), ("outsider", False)],
)
def test_list_shows_the_rows_that_one_may_see(staff: Staff, browse: Browse, who: str, sees: bool) -> None:
    contact(staff.owner, "Seen")

    html = page(browse(who), "/contact")

    assert names(html) == (["Seen"] if sees else [])


def test_visitors_are_asked_to_sign_in(browse: Browse) -> None:
    answer = browse("anonymous").get("/contact")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_an_unknown_object_is_not_there(browse: Browse) -> None:
    html = page(browse("owner"), "/unicorn", 404)

    assert "There is nothing here" in html


def test_naughty_values_are_escaped(staff: Staff, browse: Browse) -> None:
    company = changes.create(staff.owner, "company", {"name": NAUGHTY}, via="test")
    contact(staff.owner, NAUGHTY, job_title=NAUGHTY, company=company.pk, emails=["a@example.org"])

    html = page(browse("owner"), "/contact")

    assert "<img src=x" not in html
    assert html.count("&lt;img src=x") >= 3


def test_the_empty_list_teaches(browse: Browse) -> None:
    html = page(browse("owner"), "/contact")

    assert "Marieke van Dijk, head of operations" in html
    assert 'href="/contact/new"' in html


def test_whoever_may_not_create_is_not_asked_to(browse: Browse) -> None:
    html = page(browse("reader"), "/contact")

    assert 'href="/contact/new"' not in html
    assert 'href="/contact/import"' not in html


def test_nothing_can_be_edited_by_a_reader(staff: Staff, browse: Browse) -> None:
    contact(staff.owner)

    html = page(browse("reader"), "/contact")

    heads = re.findall(r"<th [^>]*data-field[^>]*>", html)
    assert heads and all("data-readonly" in head for head in heads)
    assert "/bulk/edit" not in html.partition("data-bulk-count")[2]


def test_rows_of_others_are_locked_where_rights_differ_by_row(staff: Staff, browse: Browse) -> None:
    role = roles.create(staff.admin, "Own only", {"*": {"read": "all", "edit": "own"}})
    people.set_roles(staff.admin, staff.users["outsider"], [role.pk])
    contact(staff.owner, "Theirs")
    contact(staff.actor("admin"), "Mine", owner=staff.users["outsider"].pk)

    html = page(browse("outsider"), "/contact")

    rows = re.findall(r"<tr data-id[^>]*>", html)
    assert sorted("data-readonly" in row for row in rows) == [False, True]


def test_pages_follow_each_other_without_gap_or_overlap(staff: Staff, browse: Browse) -> None:
    expected = {contact(staff.owner, f"Person {n:03}").title for n in range(120)}
    client = browse("owner")

    html = page(client, "/contact?sort=title")
    seen = names(html)
    while found := re.search(r'data-next="([^"]+)"', html):
        html = page(client, found[1].replace("&amp;", "&"))
        seen += names(html)

    assert seen == sorted(expected)


def test_a_broken_cursor_is_refused_kindly(browse: Browse) -> None:
    assert "begin again" in page(browse("owner"), "/contact/rows?cursor=nonsense", 422)


def test_count_and_totals_come_after_the_page(staff: Staff, browse: Browse) -> None:
    for amount in ("100", "250.50"):
        deal(staff.owner, amount={"amount": amount, "currency": "EUR"})
    client = browse("owner")

    assert page(client, "/deal/count").startswith("2")
    assert "350,50" in page(client, "/deal/footer")
    assert page(browse("outsider"), "/deal/count").startswith("0")
    assert "350,50" not in page(browse("outsider"), "/deal/footer")


# -- filters -----------------------------------------------------------------------------------------


def test_typed_words_without_a_comparison_look_for_names(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, "Van Dijk")
    contact(staff.owner, "Perrin")
    client = browse("owner")

    answer = client.get("/contact?add=dijk")

    assert unquote(answer.headers["Location"]) == "/contact?q=title ~ dijk"
    assert names(page(client, answer.headers["Location"])) == ["Van Dijk"]


def test_a_typed_condition_is_added_to_those_that_are_there(browse: Browse) -> None:
    answer = browse("owner").get("/contact?q=status=lead&add=owner = me")

    assert unquote(answer.headers["Location"]) == "/contact?q=status = lead and owner = me"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("status ==", "A value is expected"),
        ("nosuch = 1", "no field called"),
        ("status > lead", "does not fit"),
        ("owner = Nobody", "nothing is called"),
        ('job_title ~ "open', "closing quotation mark"),
    ],
)
def test_a_wrong_condition_is_explained_and_kept(
    staff: Staff, browse: Browse, text: str, message: str
) -> None:
    contact(staff.owner, "Van Dijk")

    answer = browse("owner").get("/contact", {"add": text})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert message in html
    assert f'value="{text.replace(chr(34), "&quot;").replace(">", "&gt;")}"' in html
    assert names(html) == ["Van Dijk"]


def test_an_address_with_a_broken_filter_shows_no_rows(staff: Staff, browse: Browse) -> None:
    contact(staff.owner)

    html = page(browse("owner"), "/contact?q=status ===", 422)

    assert names(html) == []
    assert "This filter cannot be used" in html
    assert 'value="status ==="' in html


def test_chips_show_the_filter_in_words_and_take_it_apart(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, status="lead")

    html = page(
        browse("owner"), "/contact?q=status in (lead, customer) and (owner = me or created_at > -30d)"
    )

    bar = html.partition('class="viewbar"')[2].partition('id="list"')[0]
    assert "is any of" in bar and "<b>Lead, Customer</b>" in bar
    assert "Owner is me or Created is more than 30 days ago" in bar
    assert 'href="/contact?q=status%20in%20(lead,%20customer)"' in bar


def test_the_table_alone_is_answered_to_htmx(staff: Staff, browse: Browse) -> None:
    contact(staff.owner)

    html = browse("owner").get("/contact", headers=HTMX).content.decode()

    assert html.lstrip().startswith('<div id="list"')
    assert "<html" not in html


@pytest.mark.usefixtures("steady")
@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_number_of_queries_does_not_depend_on_rows(staff: Staff, browse: Browse, rows: int) -> None:
    client = browse("owner")
    for n in range(rows):
        company = changes.create(staff.owner, "company", {"name": f"Company {n}"}, via="test")
        contact(staff.owner, f"Person {n}", company=company.pk)
        deal(staff.owner, f"Deal {n}", company=company.pk, amount={"amount": "10", "currency": "EUR"})
    client.get("/contact"), client.get("/deal/board")

    with counted("web list contact"):
        page(client, "/contact")
    with counted("web list deal"):
        page(client, "/deal")
    with counted("web board deal"):
        page(client, "/deal/board")


def test_the_page_is_lean(staff: Staff, browse: Browse) -> None:
    company = changes.create(staff.owner, "company", {"name": "Van Dijk Logistiek"}, via="test")
    for n in range(50):
        contact(
            staff.owner,
            f"Van Dijk {n}",
            first_name="Marieke",
            company=company.pk,
            job_title="Head of operations",
            emails=[f"marieke{n}@vandijk.example"],
            status="customer",
        )

    answer = browse("owner").get("/contact", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 20_000


def test_paper_says_by_which_filter_and_when(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, "Ada", status="lead")

    for layout in ("contact", "contact/chart"):
        html = page(browse("owner"), f"/{layout}?q=status=lead")
        printed = html.partition('<p class="print-only">')[2].partition("</p>")[0]
        assert printed.startswith("Contacts · Filter: status=lead · ") and "<time" in printed
        assert "data-print" in html
