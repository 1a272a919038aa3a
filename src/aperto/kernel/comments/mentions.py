"""Who is meant by "@Anna de Vries": found in the plain text by name or by e-mail address.

A name that two people share means neither; completion writes the address then.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from aperto.kernel.access import actors, people
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices.tell import visible

AT = re.compile(r"(?<![\w.@])@(?=\w)")
WORDS = 6  # as many a name may have
LONGEST = 200
MOST = 20
PUNCTUATION = ".,;:!?)]}'\"…"


@dataclass(frozen=True)
class Mention:
    """`as_` is how the text calls the person."""

    user: User
    as_: str


def found(text: str) -> list[Mention]:
    """The active people whom the text names, each once, in the order of the text."""
    places = [_readings(text[match.end() : match.end() + LONGEST]) for match in AT.finditer(text)]
    called = _called({reading for readings in places for reading in readings})
    mentions: dict[UUID, Mention] = {}
    for readings in places:
        reading = next((each for each in readings if each.casefold() in called), None)
        if reading is not None:
            user = called[reading.casefold()]
            mentions.setdefault(user.pk, Mention(user, reading))
    return list(mentions.values())


def _readings(after: str) -> list[str]:
    """What the words behind an @ may be, the longest first."""
    words = after.split("\n", 1)[0].split(" ")[:WORDS]
    several = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    return list(dict.fromkeys(form for each in several for form in (each, each.rstrip(PUNCTUATION)) if form))


def _called(readings: Iterable[str]) -> dict[str, User]:
    """Active people by each of these names that means one person alone."""
    wanted = list(readings)[: MOST * WORDS * 4]
    if not wanted:
        return {}
    rows = User.objects.filter(Q(name__in=wanted) | Q(email__in=[each.lower() for each in wanted]))
    by_name: dict[str, list[User]] = {}
    for user in rows.filter(is_active=True):
        for name in {user.name.casefold(), user.email.casefold()}:
            by_name.setdefault(name, []).append(user)
    return {name: users[0] for name, users in by_name.items() if len(users) == 1}


def sees(user: User, about: Ref) -> bool:
    return bool(visible(actors.of_user(user), [about]))


def unseeing(about: Ref, text: str) -> list[str]:
    """Names of those whom the text mentions though they cannot see the record."""
    return [each.user.name for each in found(text)[:MOST] if not sees(each.user, about)]


def offered(about: Ref, text: str, most: int) -> list[tuple[str, str]]:
    """Whom completion offers: name, and what it writes. Only people who can see the record."""
    named = people.named(text, most * 3)
    names = [user.name.casefold() for user in people.named("", 10_000)] if named else []
    seen = [user for user in named if sees(user, about)]
    return [
        (user.name, user.name if names.count(user.name.casefold()) == 1 else user.email) for user in seen
    ][:most]


def as_json(mentions: Sequence[Mention]) -> list[dict[str, str]]:
    return [{"id": str(each.user.pk), "as": each.as_} for each in mentions]
