"""Error pages: kind words for people, a bare status for scripts, and no trust in anything after a crash."""

from unittest.mock import patch

import pytest
from django.test import Client, RequestFactory

from aperto.web.errors import pages
from tests.company import staffed


@pytest.fixture
def client_of_owner(db: None) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(staffed().users["owner"])
    return client


def test_what_is_not_there_is_said_kindly_inside_the_shell(client_of_owner: Client) -> None:
    answer = client_of_owner.get("/contact/0190a1b2-0000-7000-8000-000000000000")

    html = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing here" in html and 'class="rail"' in html


def test_scripts_get_the_status_alone(client_of_owner: Client) -> None:
    answer = client_of_owner.get("/unicorn", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (404, b"")


def test_a_page_that_was_open_too_long(client_of_owner: Client) -> None:
    answer = client_of_owner.post("/contact/bulk/delete")

    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_crash_is_told_without_its_reason(client_of_owner: Client) -> None:
    with patch("aperto.web.lists.page.read", side_effect=RuntimeError("a secret")):
        answer = client_of_owner.get("/contact")

    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in html and "a secret" not in html
    assert "<html" in html


def test_a_crash_of_the_page_for_crashes_still_answers() -> None:
    with patch("aperto.web.errors.pages.render_to_string", side_effect=RuntimeError):
        answer = pages.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (pages.bad_request, 400, "cannot be understood"),
        (pages.conflict, 409, "Somebody else was faster"),
        (pages.too_many, 429, "Too many requests"),
    ],
)
def test_other_errors_have_words(answer: object, status: int, words: str) -> None:
    assert callable(answer)

    page = answer(RequestFactory().get("/"))

    assert page.status_code == status
    assert words in page.content.decode()
