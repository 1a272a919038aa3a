"""The three people around a record: its owner, colleagues in and out of the team; and a list to look at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import organisation
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from tests.company import Staff, staffed

HTMX = {"HX-Request": "true"}
type Browse = Callable[[str], Client]


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
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held in memory for seconds does not go stale while queries are counted on a slow machine."""
    for module in (organisation, stages):
        monkeypatch.setattr(module, "FRESH", 3600.0)


def contact(actor: Actor, last_name: str = "Van Dijk", **values: Any) -> Record:
    return changes.create(actor, "contact", {"last_name": last_name, **values}, via="test")


def deal(actor: Actor, name: str = "Robots", **values: Any) -> Record:
    return changes.create(actor, "deal", {"name": name, **values}, via="test")
