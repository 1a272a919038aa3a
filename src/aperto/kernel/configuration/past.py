"""What was applied lately, so that it can be found and undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.configuration.section import VIA

KIND, VERB = "configuration", "applied"
SHOWN = 10


@dataclass(frozen=True)
class Application:
    batch: UUID
    source: str
    items: int
    at: datetime
    by: str
    undone: bool


def note(actor: Actor, batch: UUID, source: str, items: int) -> None:
    said: dict[str, list[Any]] = {"source": [None, source[:120]], "items": [None, items]}
    changes.note(actor, KIND, batch, VERB, said, via=VIA, batch=batch)


def lately(actor: Actor) -> list[Application]:
    """The newest first."""
    people.require_administrator(actor)
    rows = Change.objects.filter(object=KIND, verb=VERB).order_by("-id")[:SHOWN]
    return [
        Application(
            row.record,
            str(row.diff["source"][1]),
            int(row.diff["items"][1]),
            row.at,
            row.actor_name,
            row.undone_by is not None,
        )
        for row in rows
    ]
