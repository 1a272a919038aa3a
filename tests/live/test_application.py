"""The ASGI side refuses what it does not know, and says nothing by it."""

import json
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

import pytest

from aperto.live import tickets
from aperto.live.application import Application
from tests.live.conftest import Here, finish, heard, list_of
from tests.web.office import Office

pytestmark = pytest.mark.django_db


def ask(hub: Here, method: str, path: str, query: str = "", body: bytes = b"") -> int:
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    finish(Application(hub)(scope, receive, send))
    status: int = sent[0]["status"]
    return status


@pytest.mark.parametrize("ticket", ["", "x", "gAAAAABk", "%00"])
def test_a_stream_needs_a_ticket(ticket: str, hub: Here) -> None:
    assert ask(hub, "GET", "/live/events", f"ticket={ticket}") == 403
    assert not hub.streams


def test_a_ticket_is_good_once_and_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    held = tickets.Ticket(uuid4(), 3, "session")
    text = tickets.make(held)
    assert tickets.read(text) == held

    monkeypatch.setattr(tickets, "GOOD_FOR", -10)
    assert tickets.read(text) is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b'{"versions": {"x": 1}}', b'{"record": "1 or 1"}', b" " * 70_000]
)
def test_a_wish_that_cannot_be_read_is_refused(body: bytes, hub: Here) -> None:
    assert ask(hub, "POST", "/live/watch", body=body) == 400


def test_a_wish_is_heard_from_its_stream_alone(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    stream = hub.of(office, office.colleague, list_of(company))
    heard(stream)
    wish = {"object": "company", "versions": {str(company.pk): 0}, "listing": True}

    assert ask(hub, "POST", "/live/watch", body=json.dumps({**wish, "stream": "other"}).encode()) == 410
    assert heard(stream) == {}
    assert ask(hub, "POST", "/live/watch", body=json.dumps({**wish, "stream": stream.key}).encode()) == 204
    assert heard(stream)["changed"]["versions"] == {str(company.pk): 1}
    unknown = {**wish, "object": "nothing", "stream": stream.key}
    assert ask(hub, "POST", "/live/watch", body=json.dumps(unknown).encode()) == 204


def test_other_addresses_are_none(hub: Here) -> None:
    assert ask(hub, "GET", "/") == 404
    assert ask(hub, "POST", "/live/events") == 404
    assert ask(hub, "GET", "/live/health") == 200
