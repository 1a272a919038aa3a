"""One open stream: whose it is, what its page shows, and what waits to be told.

What waits is folded together, so that a page that reads slowly costs no more than one that reads at once:
a record is told once with its newest version, and too many of them become "much has changed".
"""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

MOST_WAITING = 200


@dataclass(frozen=True)
class Wish:
    """What a page shows: records of one object with the versions that it has, whether new ones belong among
    them, whether it is the page of one record, and the field that is being edited there."""

    object: str = ""
    versions: dict[UUID, int] = field(default_factory=dict)
    listing: bool = False
    record: UUID | None = None
    editing: str = ""
    since: UUID | None = None


@dataclass(eq=False)
class Stream:
    person: UUID
    session: str
    stamp: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    born: float = field(default_factory=time.monotonic)
    wish: Wish = field(default_factory=Wish)
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False
    last: str = ""  # the newest line of history that was looked at for it
    _changed: dict[UUID, int] = field(default_factory=dict)
    _gone: set[UUID] = field(default_factory=set)
    _fresh: set[UUID] = field(default_factory=set)
    _much: bool = False
    _here: list[list[str]] | None = None
    _end: str = ""

    def changed(self, record: UUID, version: int) -> None:
        self._changed[record] = version
        self._bound()

    def gone(self, record: UUID) -> None:
        self._gone.add(record)
        self._changed.pop(record, None)
        self._bound()

    def fresh(self, record: UUID) -> None:
        self._fresh.add(record)
        self._bound()

    def much(self) -> None:
        self._much = True
        for waiting in (self._changed, self._gone, self._fresh):
            waiting.clear()
        self.awake.set()

    def here(self, people: list[list[str]]) -> None:
        self._here = people
        self.awake.set()

    def end(self, word: str) -> None:
        """`again`: the page may ask for another; `out`: it may not go on."""
        self.much()
        self._end, self._much, self._here = word, False, None

    @property
    def ended(self) -> bool:
        return bool(self._end)

    def _bound(self) -> None:
        self.awake.set()
        if len(self._changed) + len(self._gone) + len(self._fresh) > MOST_WAITING:
            self.much()

    def take(self) -> str:
        """What waits, as server-sent events; nothing waits after it."""
        told: list[str] = []
        if self._much:
            told.append(self._event("much", {}))
        if self._changed or self._gone:
            versions = {str(key): version for key, version in self._changed.items()}
            told.append(self._event("changed", {"versions": versions, "gone": _texts(self._gone)}))
        if self._fresh:
            told.append(self._event("fresh", {"records": _texts(self._fresh)}))
        if self._here is not None:
            told.append(self._event("here", {"people": self._here}))
        if self._end:
            told.append(self._event("end", {"word": self._end}))
            self.closed = True
        self._changed, self._gone, self._fresh = {}, set(), set()
        self._much, self._here = False, None
        self.awake.clear()
        return "".join(told)

    def hello(self) -> str:
        return self._event("hello", {"stream": self.key})

    def _event(self, name: str, told: dict[str, Any]) -> str:
        mark = f"id: {self.last}\n" if self.last else ""
        return f"{mark}event: {name}\ndata: {json.dumps(told)}\n\n"


def _texts(keys: set[UUID]) -> list[str]:
    return [str(key) for key in keys]
