"""The builder of filters: rows of conditions, text, and what each answers to nonsense."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.company import Staff
from tests.web.lists.conftest import HTMX, Browse, contact


def build(
    client: Client, *conditions: tuple[str, str, list[str]], joiner: str = "and", query: str = ""
) -> Any:
    sent: dict[str, Any] = {"joiner": joiner, "n": [str(n) for n in range(len(conditions))]}
    for n, (field, operator, values) in enumerate(conditions):
        sent |= {f"field.{n}": field, f"operator.{n}": operator, f"value.{n}": values}
    return client.post(f"/contact/filter?{query}", sent, headers=HTMX)


def test_rows_become_a_filter_and_a_filter_rows(staff: Staff, browse: Browse) -> None:
    client = browse("owner")

    answer = build(
        client,
        ("status", "any_of", ["lead", "customer"]),
        ("created_at", "between", ["-30d", "today"]),
        ("emails", "empty", []),
        ("owner", "is", ["me"]),
    )

    url = answer.headers["HX-Redirect"]
    text = (
        "status in (lead, customer) and created_at between -30d and today and emails is empty and owner = me"
    )
    assert unquote(url) == f"/contact?q={text}"
    assert client.get(url).status_code == 200
    html = client.get(url.replace("/contact?", "/contact/filter?")).content.decode()
    assert html.count('name="n"') == 5  # four rows and the empty one to add
    assert '<option value="lead" selected>' in html and 'value="-30d"' in html
    assert '<option selected value="me">me</option>' in html


def test_any_condition_and_values_in_one_box(browse: Browse) -> None:
    answer = build(
        browse("owner"), ("job_title", "any_of", ["Boss, Founder"]), ("status", "is", ["lead"]), joiner="or"
    )

    assert (
        unquote(answer.headers["HX-Redirect"]) == "/contact?q=job_title in (Boss, Founder) or status = lead"
    )


def test_no_conditions_show_everything(browse: Browse) -> None:
    assert build(browse("owner"), query="q=status=lead").headers["HX-Redirect"] == "/contact"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (("created_at", "gt", ["blurb"]), "field-error"),
        (("status", "is", []), "Say what to compare with"),
        (("created_at", "between", ["today"]), "Say what to compare with"),
        (("nosuch", "is", ["x"]), "no field called"),
        (("status", "gt", ["lead"]), "does not fit"),
        (("job_title", "is", ["\0"]), "cannot be kept"),
    ],
)
def test_a_wrong_row_is_explained_at_its_place(
    browse: Browse, condition: tuple[str, str, list[str]], message: str
) -> None:
    answer = build(browse("owner"), ("job_title", "contains", ["boss"]), condition)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert message in html
    assert 'value="boss"' in html
    assert html.count("field-error") == 1


def test_groups_in_groups_are_shown_as_text(browse: Browse) -> None:
    text = "status = lead and (owner = me or job_title ~ boss)"

    html = browse("owner").get("/contact/filter", {"q": text}).content.decode()

    assert f">{text}</textarea>" in html


def test_the_text_is_checked_and_kept(browse: Browse) -> None:
    client = browse("owner")

    wrong = client.post("/contact/filter", {"text": "status = <b>"}, headers=HTMX)
    right = client.post("/contact/filter", {"text": "status=lead"}, headers=HTMX)

    assert wrong.status_code == 422
    assert "status = &lt;b&gt;</textarea>" in wrong.content.decode()
    assert unquote(right.headers["HX-Redirect"]) == "/contact?q=status = lead"


def test_a_row_follows_its_field(browse: Browse) -> None:
    client = browse("owner")
    sent = {"n": "3", "field.3": "status", "operator.3": "contains", "value.3": "x", "was": "title"}

    html = client.get("/contact/filter/row", sent).content.decode()

    assert '<option value="is" selected>' in html
    assert '<option value="customer">Customer</option>' in html
    assert client.get("/contact/filter/row", {"n": "<b>"}).status_code == 404


def test_values_offer_only_what_one_may_see(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, "Marieke van Dijk")
    url = "/contact/filter/values/contact?q=marieke"

    assert "Marieke" in browse("colleague").get(url).content.decode()
    assert "Marieke" not in browse("outsider").get(url).content.decode()
    users = browse("outsider").get("/contact/filter/values/user?q=m").content.decode()
    assert 'data-value="me"' in users and "Manager" in users


def test_a_chip_names_the_record_that_a_filter_means(staff: Staff, browse: Browse) -> None:
    boss = contact(staff.owner, "Marieke van Dijk")
    url = f"/contact?q=reports_to = {boss.pk}"

    assert "<b>Marieke van Dijk</b>" in browse("owner").get(url).content.decode()
    assert "<b>a record that you cannot see</b>" in browse("outsider").get(url).content.decode()
