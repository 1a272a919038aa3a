"""A hub that asks in the thread of the test, and so runs to its end without a loop."""

import json
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from aperto.kernel.access.models import User
from aperto.kernel.objects.record import Record
from aperto.live.hub import Hub
from aperto.live.streams import Stream, Wish
from aperto.live.tickets import Ticket
from tests.web import office as offices
from tests.web.office import Office


def finish[T](work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to; it must not wait for anything."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("it waits")


class Here(Hub):
    """Opens streams for people who have signed in; `session` is that of the last one."""

    session: str = ""

    async def ask[**P, T](self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return question(*args, **kwargs)

    def of(self, office: Office, user: User, wish: Wish) -> Stream:
        session: SessionBase = office.client(user).session
        self.session = session.session_key or ""
        user.refresh_from_db()
        stream = self.open(Ticket(user.pk, user.stamp, self.session), self.session)
        assert stream is not None
        finish(self.watch(stream, wish))
        return stream

    def leave(self, session: str) -> None:
        Session.objects.filter(session_key=session).delete()


@pytest.fixture
def office(db: None) -> Office:
    return offices.found()


@pytest.fixture
def hub() -> Here:
    return Here()


def heard(stream: Stream) -> dict[str, dict[str, Any]]:
    """What the stream tells now, by the name of the event."""
    told = {}
    for event in stream.take().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in event.splitlines())
        if lines:
            told[lines["event"]] = json.loads(lines["data"])
    return told


def page_of(record: Record, **more: Any) -> Wish:
    return Wish(record.declares.key, {record.pk: record.version}, record=record.pk, **more)


def list_of(*records: Record) -> Wish:
    versions: dict[UUID, int] = {each.pk: each.version for each in records}
    return Wish(records[0].declares.key, versions, listing=True)
