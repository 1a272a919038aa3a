"""The right to open one stream, handed out by an ordinary page and good for a minute.

All that judges a request (session, second factor, networks) has judged the page that asks for it, so the
stream process needs no cookie and no rule of its own. It is sealed: the session's key is a secret.
"""

import json
import time
from dataclasses import dataclass
from uuid import UUID

from aperto.kernel.access import sealed

PURPOSE = "live"
GOOD_FOR = 60  # seconds


@dataclass(frozen=True)
class Ticket:
    person: UUID
    stamp: int  # of the person's rights when it was handed out
    session: str


def make(ticket: Ticket) -> str:
    told = {"p": ticket.person.hex, "r": ticket.stamp, "s": ticket.session, "t": time.time()}
    return sealed.seal(PURPOSE, json.dumps(told))


def read(text: str) -> Ticket | None:
    """None for one that was not made here, or too long ago."""
    try:
        told = json.loads(sealed.unseal(PURPOSE, text))
    except (sealed.Unreadable, ValueError):
        return None
    if not 0 <= time.time() - told["t"] + 5 <= GOOD_FOR + 5:
        return None
    return Ticket(UUID(told["p"]), told["r"], told["s"])
