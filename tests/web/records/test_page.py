"""The page of a record, for each of the people of an office."""

from uuid import uuid4

import pytest

from tests.web.office import Office


def test_page_shows_what_the_record_is(office: Office) -> None:
    company = office.make("company", name="Van Dijk Logistiek")
    contact = office.make("contact", first_name="Marieke", last_name="van Dijk", company=company.pk)

    answer = office.client().get(f"/contact/{contact.pk}")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<h1>Marieke van Dijk</h1>" in page
    assert f'href="/company/{company.pk}"' in page
    assert "<b>Olga</b> created this record" in page


@pytest.mark.parametrize("object_key", ["contact", "company", "lead", "deal", "product", "task", "note", "stage"])
def test_page_of_unknown_record_is_404(office: Office, object_key: str) -> None:
    assert office.client().get(f"/{object_key}/{uuid4()}").status_code == 404
