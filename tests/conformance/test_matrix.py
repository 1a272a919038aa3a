"""Every address and every way to ask, as each role: what one may not see leaves no trace in any answer.

The answers are read twice. Between the readings, what the role may not see becomes something else; a closed
role gets the same answers to the byte: no word, no count, no order and no error tells of it.
"""

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.conformance.canaries import ROLES, UNSEEN, Matrix, matrix
from tests.conformance.test_pages import PAGES, READING_WRITES, REQUIRED, WALKED
from tests.conformance.world import World
from tests.snapshot import Trials

CLOSED = {"administrator": set(ROLES) - {"administrator"},
          "own": {"anonymous", "own", "member", "narrow"},
          "read": {"anonymous", "own", "member"},
          "edit": {"anonymous", "own", "member"},
          "delete": {"anonymous", "own", "member"},
          "restore": {"anonymous", "own", "member"}}  # fmt: skip
REFUSALS = {False: {401, 403, 404, 405}, True: {302, 401, 403, 404, 405}}  # True: sent to sign in
# What differs from one answer to the next: nonces, tokens against forgery, and how far the feed has come.
FLEETING = re.compile(
    r'nonce[=-]"?[\w+/=-]+"?|csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": ?"\w+"|"next":"?\d+"?'
    r"|in \d+ ms|csrf[^>]{0,40}content=\"\w+\""
)


def addresses(world: World) -> list[str]:
    return [address_of(world, name) for name in WALKED]


def address_of(world: World, name: str) -> str:
    wanted: Any = PAGES[name].pattern.converters  # type: ignore[attr-defined]
    return reverse(name, kwargs=world.arguments(name, set(wanted)))


@pytest.fixture
def held(db: None) -> Matrix:
    return matrix(addresses)


def client_of(held: Matrix, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role not in {"anonymous", "narrow"}:
        client.force_login(held.user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def crawl(client: Client, headers: dict[str, str], asked: list[str]) -> dict[str, tuple[int, str]]:
    """Status and text by address; the database is put back afterwards."""
    found = {}
    with transaction.atomic():
        for address in asked:
            answer: Any = client.get(address, headers=headers if address.startswith("/api/") else {})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[address] = (answer.status_code, FLEETING.sub("", body.decode(errors="replace")))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_answers_tell_nothing_of_what_is_closed(held: Matrix, role: str) -> None:
    headers = held.token(role)
    with time_machine.travel("2026-03-02T10:00:00+00:00", tick=False):
        first = crawl(client_of(held, role), headers, held.addresses)
        held.alter(role)
        second = crawl(client_of(held, role), headers, held.addresses)

    assert [address for address, (status, _text) in first.items() if status >= 500] == []
    told = [address for address, (_status, text) in first.items() if shows(address, text, role)]
    assert told == []
    if role in UNSEEN:
        assert [address for address in first if first[address] != second[address]] == []
    else:
        assert sum(first[address] != second[address] for address in first) > 50


def shows(address: str, text: str, role: str) -> bool:
    """Whether the text holds a closed word that the address did not bring itself."""
    return any(word in text for word in UNSEEN.get(role, ()) if word not in address)


@pytest.mark.parametrize("role", ROLES)
def test_refusals_change_nothing_and_send_nothing(held: Matrix, role: str) -> None:
    client, trials = client_of(held, role), Trials()
    for name in WALKED:
        address = address_of(held.world, name)
        with trials.trial() as changed:
            answer = client.post(address)
        case = f"POST {address} as {role}: {answer.status_code}"
        refused = answer.status_code in REFUSALS[role in {"anonymous", "narrow"}]
        assert answer.status_code < 500, case
        assert refused or role not in CLOSED.get(REQUIRED["pages"][name], ()), case
        if refused:
            assert (changed - READING_WRITES, mail.outbox) == (set(), []), case
