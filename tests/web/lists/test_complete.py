"""Completion of the typed filter: what is offered where the caret stands."""

import re

import pytest

from tests.company import Staff
from tests.web.lists.conftest import Browse, contact


def offers(browse: Browse, text: str, at: int | None = None, who: str = "owner") -> list[str]:
    sent = {"q": text} | ({"at": str(at)} if at is not None else {})
    html = browse(who).get("/contact/complete", sent).content.decode()
    return [insert.strip() for insert in re.findall(r'data-insert="([^"]*)"', html)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sta", ["status"]),
        ("job", ["job_title"]),
        ("status ", ["=", "!=", "in", "not in", "is empty", "is filled"]),
        ("status = cu", ["customer", "former"]),
        ("status in (customer, le", ["lead"]),
        ("status = customer ", ["and", "or"]),
        ("status = customer and bir", ["birthday"]),
        ("not (status = customer or bir", ["birthday"]),
        ("owner = m", ["me", "my team", "Manager"]),
        ("created_at > last", ["last week", "last month", "last quarter", "last year"]),
        ("created_at > last qu", ["last quarter"]),
        ("created_at between today and tom", ["tomorrow"]),
        ("company.indu", ["company.industry"]),
        ("company.industry = fin", ["finance"]),
        ('job_title ~ "open', []),
        ("nosuch = ", []),
        ("\0", []),
    ],
)
def test_what_fits_is_offered(browse: Browse, text: str, expected: list[str]) -> None:
    assert offers(browse, text) == expected


def test_the_word_at_the_caret_is_replaced(browse: Browse) -> None:
    html = browse("owner").get("/contact/complete", {"q": "sta = lead", "at": "3"}).content.decode()

    assert 'data-insert="status " data-from="0" data-to="3"' in html


def test_records_are_offered_to_whom_may_see_them(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, "Marieke van Dijk")

    assert offers(browse, "reports_to = mar") == ["Marieke van Dijk"]
    assert offers(browse, "reports_to = mar", who="outsider") == []
