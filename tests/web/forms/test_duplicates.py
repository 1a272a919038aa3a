"""The warning while one types: visible records only, with reasons, never a barrier."""

import pytest

from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def warning(office: Office, path: str, typed: dict[str, str], who: object = None) -> str:
    client = office.client(who or office.owner)  # type: ignore[arg-type]
    answer = client.post(path, typed, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"emails.0.address": "MARIEKE@vandijk.example"},
        {"phones.0.number": "010 555 0142"},
        {"emails.0.address": "other@vandijk.example", "emails.1.address": "marieke@vandijk.example"},
    ],
)
def test_same_address_or_number_is_found(office: Office, typed: dict[str, str]) -> None:
    known = office.make(
        "contact", last_name="<b>Dijk", emails=["marieke@vandijk.example"], phones=["+31105550142"]
    )

    page = warning(office, "/contact/duplicates", typed)

    assert f'href="/contact/{known.pk}"' in page
    assert "&lt;b&gt;Dijk" in page


def test_similar_name_at_the_same_company(office: Office) -> None:
    company = office.make("company", name="Van Dijk Logistiek")
    known = office.make("contact", first_name="Marieke", last_name="van Dijk", company=company.pk)
    typed = {"first_name": "Marieke", "last_name": "van Dijk"}

    assert str(known.pk) in warning(office, "/contact/duplicates", {**typed, "company": str(company.pk)})
    assert str(known.pk) not in warning(office, "/contact/duplicates", typed)


def test_registration_number(office: Office) -> None:
    known = office.make("company", name="Van Dijk", registration_number="24 123 456")

    assert str(known.pk) in warning(office, "/company/duplicates", {"registration_number": "24 123 456"})


def test_hidden_records_are_no_duplicates(office: Office) -> None:
    office.make("contact", last_name="Canary", emails=["canary@example.com"])

    page = warning(office, "/contact/duplicates", {"emails.0.address": "canary@example.com"}, office.outsider)

    assert page.strip() == ""


def test_record_is_no_duplicate_of_itself(office: Office) -> None:
    known = office.make("contact", last_name="Dijk", emails=["jo@example.com"])

    assert (
        warning(office, f"/contact/{known.pk}/duplicates", {"emails.0.address": "jo@example.com"}).strip()
        == ""
    )


def test_unfinished_typing_is_no_error(office: Office) -> None:
    typed = {
        "emails.0.address": "mari",
        "phones.0.number": "+",
        "birthday": "x",
        "company": "rubbish",
        "version": "y",
    }

    assert warning(office, "/contact/duplicates", typed).strip() == ""


def test_warning_never_blocks(office: Office) -> None:
    office.make("contact", last_name="Dijk", emails=["jo@example.com"])

    answer = office.client().post("/contact/new", {"last_name": "Dijk", "emails.0.address": "jo@example.com"})

    assert answer.status_code == 302


def test_reader_is_told_nothing(office: Office) -> None:
    before = Change.objects.count()

    answer = office.client(office.reader).post("/contact/duplicates", {"last_name": "Dijk"})

    assert answer.status_code == 403
    assert Change.objects.count() == before
