"""The three people around a record: its owner, colleagues in and out of the team; and a list to look at."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from tests.company import Staff, staffed

HTMX = {"HX-Request": "true"}
type Browse = Callable[[str], Client]
type Snapshot = Callable[[], list[Any]]


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def browse(staff: Staff) -> Browse:
    """A browser in which this person of the staff has signed in; "anonymous" has not."""

    def browse_as(name: str) -> Client:
        client = Client()
        if name in staff.users:
            client.force_login(staff.users[name])
        return client

    return browse_as


@pytest.fixture
def unchanged(db: None) -> Iterator[None]:
    """What the test asks for is refused: no record and no history is written."""
    before: list[Any] = []

    def snapshot() -> list[Any]:
        rows = [list(each.model.objects.order_by("pk").values()) for each in registry]
        return [*rows, Change.objects.count()]

    before = snapshot()
    yield
    assert snapshot() == before


def contact(actor: Actor, last_name: str = "Van Dijk", **values: Any) -> Record:
    return changes.create(actor, "contact", {"last_name": last_name, **values}, via="test")


def deal(actor: Actor, name: str = "Robots", **values: Any) -> Record:
    return changes.create(actor, "deal", {"name": name, **values}, via="test")
