"""Two to four records side by side: what differs, who sees what, what may be edited, a constant cost."""

from typing import Any
from uuid import uuid4

import pytest

from aperto.kernel.objects.record import Record
from tests.queries import counted
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def contacts(office: Office, count: int = 2) -> list[Record]:
    return [
        office.make(
            "contact", first_name="Mara", last_name=f"Dijk {n}", job_title="Buyer" if n else "Owner <b>"
        )
        for n in range(count)
    ]


def page(office: Office, found: list[Any], who: Any = None, **more: str) -> str:
    asked = {"id": [str(getattr(each, "pk", each)) for each in found], **more}
    answer = office.client(who).get("/contact/compare", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_differs_is_marked_and_may_stand_alone(office: Office) -> None:
    found = contacts(office)

    whole, only = page(office, found), page(office, found, only="1")

    assert '<tr class="differs"><th scope="row">Job title' in whole
    assert '<tr><th scope="row">First name' in whole
    assert "Owner &lt;b&gt;" in whole
    assert "First name" not in only
    assert "Job title" in only
    assert "2 fields differ" in whole


def test_equal_records_differ_in_nothing(office: Office) -> None:
    contact = contacts(office, 1)[0]

    assert "Select two to four records" in page(office, [contact, contact])


def test_who_may_not_see_or_edit(office: Office) -> None:
    mine, theirs = contacts(office)[0], office.make("contact", office.outsider, last_name="Zzyzx")
    url = f'data-edit-url="/contact/{mine.pk}/field/job_title"'

    assert "Zzyzx" not in page(office, [mine, theirs])
    assert "Zzyzx" in page(office, [mine, theirs], office.reader)
    assert url in page(office, contacts(office)[:1] + [mine])
    assert "data-edit-url" not in page(office, [mine, theirs], office.reader)


@pytest.mark.parametrize("ids", [[], ["x"], ["x", "\x00"], [str(uuid4()), str(uuid4())]])
def test_rubbish_is_told_what_to_do(office: Office, ids: list[str]) -> None:
    assert "Select two to four records" in page(office, ids)


def test_a_list_leads_there_with_two_to_four(office: Office) -> None:
    ids = [str(each.pk) for each in contacts(office, 5)]
    client = office.client()

    answer = client.post("/contact/compare", {"id": ids[:3]}, headers=HTMX)
    refused = client.post("/contact/compare", {"id": ids}, headers=HTMX)

    assert answer["HX-Redirect"] == "/contact/compare?" + "&".join(f"id={key}" for key in ids[:3])
    assert "Select two to four records" in refused["HX-Trigger"]
    assert 'hx-post="/contact/compare"' in client.get("/contact").content.decode()


def test_cost_is_constant(office: Office) -> None:
    found = contacts(office, 4)
    page(office, found)

    for number in (2, 4):
        client, asked = office.client(), {"id": [str(each.pk) for each in found[:number]]}
        with counted("compare"):
            client.get("/contact/compare", asked)
