"""Every page as every kind of person: who is refused changes nothing and learns nothing.

The list of addresses and what each requires stands in `required.toml`.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conformance.world import CANARY, PEOPLE, World, made
from tests.snapshot import Trials

REQUIRED = tomllib.loads((Path(__file__).parent / "required.toml").read_text(encoding="utf-8"))
SIGNED_IN = set(PEOPLE) - {"anonymous"}
# Who of the people around a record of the owner reaches what.
REACH: dict[str, set[str]] = {
    "public": set(PEOPLE),
    "person": SIGNED_IN,
    "administrator": {"admin"},
    "own": {"owner", "admin"},
    "mine": {"owner"},
    "list": SIGNED_IN,
    "create": SIGNED_IN - {"reader"},
    "import": SIGNED_IN - {"reader"},
    "export": SIGNED_IN - {"reader"},
    "read": SIGNED_IN - {"outsider"},
    "edit": {"colleague", "owner", "admin"},
    "delete": {"owner", "admin"},
    "restore": {"owner", "admin"},
}
REFUSALS = {302, 401, 403, 404, 405}


def routes(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        else:
            yield pattern


PAGES = {str(route.name): route for route in routes() if not str(route.name).startswith("api /")}
WALKED = sorted(name for name in PAGES if REQUIRED["pages"].get(name, "sign-in") != "sign-in")


def test_every_address_is_listed_with_what_it_requires() -> None:
    assert set(PAGES) == set(REQUIRED["pages"])


@pytest.fixture
def world(db: None) -> World:
    return made()


def client_of(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        user = world.staff.users[who]
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer: Any) -> bytes:
    """The whole text; a file is read to its end, which closes it."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body


def ask(
    trials: Trials, client: Client, method: str, address: str
) -> tuple[HttpResponseBase, bytes, set[str]]:
    """The answer, its text and the tables that it changed; the database is put back afterwards."""
    with trials.trial() as changed:
        answer = client.get(address) if method == "GET" else client.post(address)
        body = text_of(answer)
    return answer, body, changed


@pytest.mark.parametrize("name", WALKED)
def test_page_is_closed_to_whoever_may_not(world: World, name: str) -> None:
    wanted: Any = PAGES[name].pattern.converters  # type: ignore[attr-defined]
    address = reverse(name, kwargs=world.arguments(name, set(wanted)))
    reach = REACH[REQUIRED["pages"][name]]
    clients = {who: client_of(world, who) for who in PEOPLE}
    trials = Trials()

    for who, client in clients.items():
        for method in ("GET", "POST"):
            answer, body, changed = ask(trials, client, method, address)
            case = f"{method} {address} as {who}: {answer.status_code}"
            assert answer.status_code < 500, case
            if method == "GET":
                assert changed <= READING_WRITES, f"{case} changed {changed}"
            if who not in reach:
                refused = answer.status_code in REFUSALS
                harmless = not changed - READING_WRITES and CANARY.encode() not in body
                assert (refused or method == "GET" and READS.get(name, False)) and harmless, case
            if who in {"anonymous", "outsider"}:
                assert CANARY.encode() not in body, f"{case} tells of a foreign record"


# Reading a record as somebody who may read but not edit it shows it, without a way to change it.
READS: dict[str, bool] = {}
# What is remembered of looking at a page: recently viewed records.
READING_WRITES = {"kernel_recent_view"}


@pytest.mark.parametrize(
    "name", [name for name in WALKED if REQUIRED["pages"][name] in {"read", "list", "person"}]
)
def test_page_opens_to_whoever_may(world: World, name: str) -> None:
    wanted: Any = PAGES[name].pattern.converters  # type: ignore[attr-defined]
    address = reverse(name, kwargs=world.arguments(name, set(wanted)))

    for who in sorted(REACH[REQUIRED["pages"][name]]):
        answer = client_of(world, who).get(address)
        text_of(answer)
        assert answer.status_code in {200, 204, 302, 400, 404, 405, 422}, (
            f"{address} as {who}: {answer.status_code}"
        )
