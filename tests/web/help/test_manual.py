"""The manual is served, complete, and its links lead somewhere."""

import re

import pytest
from django.test import Client

from aperto.web.help import manual
from tests import firm

LINK = re.compile(r'href="(/help[^"#]*)"')


@pytest.fixture
def client(db: None) -> Client:
    firm.found()
    reader = firm.user("ada@nordwijk.example", "administrator", password=None)
    browser = Client()
    browser.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_contents_list_every_file_and_nothing_else() -> None:
    files = {str(path.relative_to(manual.folder()).with_suffix("")) for path in manual.folder().rglob("*.md")}

    assert {path for shelf in manual.shelves() for path, _title in shelf.pages} == files


def test_every_page_answers_and_its_links_lead_somewhere(client: Client) -> None:
    paths = {path for shelf in manual.shelves() for path, _title in shelf.pages}

    for path in paths:
        answer = client.get(f"/help/{path}")
        assert answer.status_code == 200
        found = {
            link.removeprefix("/help").strip("/") or "index" for link in LINK.findall(answer.content.decode())
        }
        assert found <= paths


@pytest.mark.parametrize("path", ["../pyproject", "user/../../README", "%2e%2e/README", "nope", "contents"])
def test_no_other_file_can_be_asked_for(client: Client, path: str) -> None:
    assert client.get(f"/help/{path}").status_code in {404, 301}


def test_manual_asks_for_a_sign_in(db: None) -> None:
    firm.found()
    firm.user("ada@nordwijk.example", "administrator", password=None)

    assert Client().get("/help").status_code == 302
