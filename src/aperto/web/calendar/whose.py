"""Whose entries the calendar of activities shows: one's own, the team's, chosen people's, all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar.entries import Lot
from aperto.kernel.errors import Message

ME, TEAM, EVERYBODY = "me", "team", "all"
WORDS: dict[str, Message] = {ME: _("Mine"), TEAM: _("Team"), EVERYBODY: _("Everybody")}
MOST_CHOSEN = 20
MOST_OFFERED = 200


@dataclass(frozen=True)
class Whose:
    """`people` are the keys of users; None is everybody."""

    key: str
    people: tuple[UUID, ...] | None

    def narrow(self, lots: Sequence[Lot]) -> list[Lot]:
        return list(lots) if self.people is None else [lot.of(self.people) for lot in lots]


def whose(actor: Actor, text: str) -> Whose:
    """What the address asks for; anything else is one's own."""
    if text == EVERYBODY:
        return Whose(text, None)
    if text == TEAM:
        return Whose(text, tuple(sorted(actor.mates)))
    chosen = tuple(dict.fromkeys(_keys(text)))[:MOST_CHOSEN]
    if chosen:
        return Whose(",".join(map(str, chosen)), chosen)
    return Whose(ME, (actor.user_id,) if actor.user_id else ())


def _keys(text: str) -> list[UUID]:
    found = []
    for part in text.split(",")[: MOST_CHOSEN * 2]:
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found


def offered(text: str, chosen: Whose) -> list[tuple[str, str, bool]]:
    """Colleagues to choose from: key, name, and whether they are chosen."""
    picked = set(chosen.people or ()) if chosen.key not in WORDS else set()
    return [(str(user.pk), str(user), user.pk in picked) for user in people.named(text, MOST_OFFERED)]
