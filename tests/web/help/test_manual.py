"""The manual is served, complete, and its links lead somewhere."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from tools.translations import LANGUAGES

from aperto.kernel.access.models import User
from aperto.web.help import manual
from aperto.web.help.about import BY_NAME, PAGES
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
    found = (path.relative_to(manual.folder()) for path in manual.folder().rglob("*.md"))
    files = {str(path.with_suffix("")) for path in found if path.parts[0] not in LANGUAGES}

    assert {path for shelf in manual.shelves() for path, _title in shelf.pages} == files


def test_links_are_addresses_of_the_manual_or_of_the_web() -> None:
    for path in manual.folder().rglob("*.md"):
        links = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
        assert [link for link in links if not link.startswith(("/", "https://", "#"))] == [], path


def test_every_page_answers_and_its_links_lead_somewhere(client: Client) -> None:
    paths = {path for shelf in manual.shelves() for path, _title in shelf.pages}

    for path in paths:
        answer = client.get(f"/help/{path}")
        assert answer.status_code == 200
        found = {
            link.removeprefix("/help").strip("/") or "index" for link in LINK.findall(answer.content.decode())
        }
        assert found <= paths | {"here"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_served_with_its_links_and_without_its_mark(client: Client, language: str) -> None:
    using, *_others = manual.shelves(language)
    known = {path for path, _title in using.pages}

    for path in known:
        translated, english = manual.page(path, language), manual.page(path)
        assert translated is not None and english is not None
        assert translated.language == language
        assert "<!--" not in translated.html
        assert sorted(LINK.findall(translated.html)) == sorted(LINK.findall(english.html)), path


def test_page_that_nobody_translated_is_english(client: Client) -> None:
    User.objects.update(language="nl")

    answer = client.get("/help/developer/structure").content.decode()

    assert '<article class="prose" lang="en">' in answer
    assert "Aperto gebruiken" in answer


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ("http://testserver/deal/board", "user/pipelines"),
        ("http://testserver/settings/roles", "administrator/people-and-rights"),
        ("http://testserver/no/such/page", "index"),
        ("http://elsewhere.example/deal/board", "index"),
        ("", "index"),
    ],
)
def test_help_opens_where_it_speaks_of_the_page(client: Client, before: str, path: str) -> None:
    answer = client.get("/help/here", headers={"referer": before})

    assert answer.headers["Location"] == f"/help/{path}"


def test_manual_knows_the_pages_it_speaks_of() -> None:
    paths = {path for shelf in manual.shelves() for path, _title in shelf.pages}
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert set(PAGES) <= paths
    assert set(BY_NAME) <= names


@pytest.mark.parametrize("path", ["../pyproject", "user/../../README", "%2e%2e/README", "nope", "contents"])
def test_no_other_file_can_be_asked_for(client: Client, path: str) -> None:
    assert client.get(f"/help/{path}").status_code in {404, 301}


def test_manual_asks_for_a_sign_in(db: None) -> None:
    firm.found()
    firm.user("ada@nordwijk.example", "administrator", password=None)

    assert Client().get("/help").status_code == 302
