"""The palette: hits with marks, commands, what was recent; only what the person may see."""

import re

import pytest

from tests.queries import counted
from tests.web.office import Office


def asked(office: Office, text: str, who: object = None) -> str:
    answer = office.client(who or office.owner).get("/palette", {"q": text})  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def test_hit_is_marked_and_leads_to_the_record(office: Office) -> None:
    contact = office.make(
        "contact", first_name="Marieke", last_name="van Dijk", job_title="Head of operations"
    )

    page = asked(office, "van di")

    assert f'data-href="/contact/{contact.pk}"' in page
    assert re.search(r"Marieke <mark>van</mark> <mark>Di</mark>jk|Marieke <mark>van Di</mark>jk", page)
    assert "Contact · Head of operations" in page


def test_marks_are_escaped(office: Office) -> None:
    office.make("contact", last_name="<img src=x> & Söhne")

    for text in ("img", "<img", "src=x", "& s", "sohne", "<mark>", "'\"><script>"):
        page = asked(office, text)
        assert "<img" not in page
        assert "<script" not in page


def test_misspelt_name_is_found(office: Office) -> None:
    contact = office.make("contact", first_name="Marieke", last_name="van Dijk")

    assert str(contact.pk) in asked(office, "mareike van dijk")


def test_verb_first_offers_the_activity_first(office: Office) -> None:
    contact = office.make("contact", first_name="Marieke", last_name="van Dijk")

    first = re.findall(r"<li .*?</li>", asked(office, "call marieke"))[0]

    assert f'data-href="/contact/{contact.pk}/compose/call" data-dialog' in first


def test_first_hit_can_be_reached_and_served(office: Office) -> None:
    company = office.make(
        "company", name="Van Dijk", phones=["+31105550142"], emails=["info@vandijk.example"]
    )

    page = asked(office, "van dijk")

    assert 'data-href="tel:+31105550142"' in page
    assert 'data-href="mailto:info@vandijk.example"' in page
    assert f"/deal/new?company=company%3A{company.pk}" in page


def test_hidden_records_are_not_found(office: Office) -> None:
    office.make("contact", last_name="Canary", phones=["+31105550142"])

    for text in ("canary", "can", "call canary", "canery", "0105550142", "555"):
        assert "anary" not in asked(office, text, office.outsider).replace(f"“{text}”", "")


def test_commands_follow_the_rights(office: Office) -> None:
    assert 'data-href="/contact/new" data-dialog' in asked(office, "> new cont")
    assert "/contact/new" not in asked(office, "> new cont", office.reader)
    assert 'data-href="/settings"' in asked(office, "> settings", office.admin)
    assert 'data-href="/settings"' not in asked(office, "> settings")


def test_recent_records_come_first(office: Office) -> None:
    client = office.client()
    deals = [office.make("deal", name=f"Deal {number}") for number in range(10)]
    for deal in deals:
        client.get(f"/deal/{deal.pk}")

    found = re.findall(r'data-href="/deal/([0-9a-f-]+)"', client.get("/palette").content.decode())

    assert found == [str(deal.pk) for deal in reversed(deals[2:])]


def test_recent_records_of_somebody_else_are_not_told(office: Office) -> None:
    deal = office.make("deal", name="Canary")
    client = office.client()
    client.get(f"/deal/{deal.pk}")
    client.force_login(office.outsider)

    assert b"Canary" not in client.get("/palette").content


@pytest.mark.parametrize(
    "cookie", ["", "x", "deal-", "deal-zzz", "nothing-AAAA", "deal-" + "A" * 22, "." * 2000]
)
def test_rubbish_cookie_is_ignored(office: Office, cookie: str) -> None:
    client = office.client()
    client.cookies["aperto_recent"] = cookie

    assert client.get("/palette").status_code == 200


@pytest.mark.parametrize(
    "text", ["\x00", "%", "_", '"', "' OR 1=1", "*" * 5000, "(", "𝕏", "\ud83d", ">", "  "]
)
def test_rubbish_is_answered(office: Office, text: str) -> None:
    answer = office.client().get("/palette", {"q": text.encode("utf-8", "replace").decode()})

    assert answer.status_code == 200


def test_cost_is_constant(office: Office) -> None:
    client = office.client()
    office.make("contact", first_name="Marieke", last_name="van Dijk", emails=["a@example.com"])
    client.get("/palette", {"q": "van dijk"})
    with counted("palette: 1 hit"):
        client.get("/palette", {"q": "van dijk"})

    for number in range(6):
        office.make("contact", first_name=f"Anna {number}", last_name="van Dijk")

    with counted("palette: 7 hits"):
        client.get("/palette", {"q": "van dijk"})
