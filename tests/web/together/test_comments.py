"""Comments on the page of a record."""

import re
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import records
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import following
from aperto.kernel.objects.record import Record
from tests.web.office import Office

PARTIAL = {"HX-Request": "true"}


@pytest.fixture
def company(office: Office) -> Record:
    return office.make("company", name="Veldkamp")


def url(company: Record, part: str = "") -> str:
    return f"/company/{company.pk}{part}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def say(office: Office, company: Record, body: str, user: Any = None, **more: str) -> Any:
    data = {"body": body, **more}
    return office.client(user).post(url(company, "/comments"), data, headers=PARTIAL)


def first(office: Office) -> Record:
    [comment] = list(records.visible(office.actor(), "comment").source.rows())
    return comment


def test_a_comment_stands_on_the_page_as_plain_text_with_links(office: Office, company: Record) -> None:
    answer = say(office, company, "See https://example.com/a?b=1&c <script>alert(1)</script>\n@Cas look")

    assert "record-changed" in answer.headers["HX-Trigger"] and "/undo/batch/" in answer.headers["HX-Trigger"]
    page = text(office.client(office.colleague), url(company))
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert re.search(r'<a [^>]*rel="no[^"]*"[^>]*href="https://example.com/a\?b=1&amp;c"|href="https', page)
    assert '<span class="mention">@Cas</span>' in page


def test_a_comment_cannot_open_a_script(office: Office, company: Record) -> None:
    say(office, company, "javascript:alert(1) https://x.example/\"onmouseover='a' data:text/html,x")

    page = text(office.client(), url(company, "/comments"))
    assert 'href="javascript' not in page and 'href="data' not in page
    assert not re.search(r"<a [^>]*onmouseover=", page)


def test_whoever_cannot_see_it_is_named_before_sending(office: Office, company: Record) -> None:
    warned = say(office, company, "@Otto look")
    assert warned.status_code == 422 and "Otto cannot see this record" in warned.content.decode()
    assert not records.visible(office.actor(), "comment").exists()

    assert say(office, company, "@Otto look", sure="Otto").status_code == 200
    assert records.visible(office.actor(), "comment").exists()


def test_completion_offers_those_who_see_the_record(office: Office, company: Record) -> None:
    offered = text(office.client(), url(company, "/comments/people?q="))

    assert "Cas" in offered and "Otto" not in offered
    assert office.client(office.outsider).get(url(company, "/comments/people")).status_code == 404


def test_answers_stand_under_their_thread(office: Office, company: Record) -> None:
    say(office, company, "Who calls?")
    address = url(company, f"/comments/{first(office).pk}/answer")
    assert "Who calls?" not in text(office.client(office.colleague), address)

    sent = office.client(office.colleague).post(address, {"body": "I do", "in_dialog": "1"}, headers=PARTIAL)
    assert sent.status_code == 204
    assert "I do" in text(office.client(), url(company))


def test_only_its_author_edits_and_undo_brings_back(office: Office, company: Record) -> None:
    say(office, company, "Mine")
    address, client = url(company, f"/comments/{first(office).pk}/edit"), office.client()
    assert office.client(office.colleague).get(address).status_code == 403
    client.post(address, {"body": "Corrected", "in_dialog": "1"}, headers=PARTIAL)
    deleted = client.post(f"/comment/{first(office).pk}/delete?stay=here", headers=PARTIAL)

    assert "Corrected" not in text(client, url(company))
    [undo] = re.findall(r"/undo/[\w-]+", deleted.headers["HX-Trigger"])
    client.post(undo, headers=PARTIAL)
    page = text(client, url(company))
    assert "Corrected" in page and "edited" in page


def test_readers_read_and_do_not_write(office: Office, company: Record) -> None:
    say(office, company, "Hello")
    reader = office.client(office.reader)

    page = text(reader, url(company))
    assert "Hello" in page and "comment-form" not in page
    assert reader.post(url(company, "/comments"), {"body": "x"}).status_code == 403


@pytest.mark.parametrize("body", ["", "  ", "a\0b", "x" * 20_001])
def test_refused_words_come_back_with_their_reason(office: Office, company: Record, body: str) -> None:
    answer = say(office, company, body)

    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert not records.visible(office.actor(), "comment").exists()


def test_an_own_object_and_an_activity_have_comments(office: Office) -> None:
    office.make("custom_object", office.admin, name="Boat", plural="Boats")
    for key, values in (("boat", {"name": "Alk"}), ("task", {"subject": "Call"})):
        made = office.make(key, **values)
        address = f"/{key}/{made.pk}"
        sent = office.client().post(f"{address}/comments", {"body": "Fine by me"})
        assert sent.status_code == 302
        assert "Fine by me" in text(office.client(), address)


def test_following_is_asked_and_kept(office: Office, company: Record) -> None:
    page = text(office.client(), url(company, "/follow"))
    assert re.search(r'value="important"\s+checked', page)

    colleague = office.client(office.colleague)
    assert colleague.post(url(company, "/follow"), {"level": "all"}).status_code == 302
    assert following.level_of(office.actor(office.colleague), company.pk, None) == "all"
    assert colleague.post(url(company, "/follow"), {"level": "loud"}).status_code == 404
    assert office.client(office.outsider).post(url(company, "/follow"), {"level": "all"}).status_code == 404


def test_a_comment_of_another_record_is_not_there(office: Office, company: Record) -> None:
    say(office, company, "Here")
    other = office.make("company", name="Other")

    for part in ("answer", "edit", "answers"):
        address = url(other, f"/comments/{first(office).pk}/{part}")
        assert office.client().get(address).status_code == 404


def test_the_api_writes_and_reads_comments(office: Office, company: Record) -> None:
    from aperto.kernel.access import tokens

    secret = tokens.create(office.actor(), name="x", scopes=["*:*"], expires_at=None)[1]
    about = {"object": "company", "id": str(company.pk)}
    call: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}}
    body = {"body": "@Cas by API", "about": about}
    made = Client().post("/api/v1/comment", body, content_type="application/json", **call)

    assert made.status_code == 201, made.content
    assert [each["as"] for each in made.json()["mentioned"]] == ["Cas"]
    found = Client().get("/api/v1/comment", {"filter": f'about = "company:{company.pk}"'}, **call).json()
    assert [each["body"] for each in found["data"]] == ["@Cas by API"]
    assert Ref("company", company.pk).object == found["data"][0]["about"]["object"]
