"""All that the stream process asks of the database, in a thread of its own: it reads, and never writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from aperto.kernel import records, shape
from aperto.kernel.access import actors, organisation, people, sessions
from aperto.kernel.access.models import User
from aperto.kernel.changes.touched import Touch, touched
from aperto.kernel.errors import Missing
from aperto.kernel.ids import uuid7_at

MOST_LINES = 5_000

type Versions = dict[UUID, int]


@dataclass(frozen=True)
class Question:
    """Which of these records a person sees now."""

    person: UUID
    object: str
    ids: frozenset[UUID]


@dataclass(frozen=True)
class Holder:
    """Who a stream was opened for, as its ticket says."""

    person: UUID
    session: str
    stamp: int


def lines(after: UUID) -> Sequence[Touch]:
    return touched(after, MOST_LINES)


def mark(seconds: float = 0) -> UUID:
    """The key of a line that was written so many seconds ago."""
    return uuid7_at(timezone.now() - timedelta(seconds=seconds))


def endings(holders: Iterable[Holder]) -> dict[Holder, str]:
    """Whose stream must end: `out` who was shut out or has left, `again` whose rights have changed, so
    that an ordinary page judges them anew."""
    held = set(holders)
    alive = sessions.alive(each.session for each in held)
    known = people.active(each.person for each in held)
    found: dict[Holder, str] = {}
    for each in held:
        user = known.get(each.person)
        if user is None or each.session not in alive:
            found[each] = "out"
        elif user.stamp != each.stamp:
            found[each] = "again"
    return found


def seen(questions: Iterable[Question]) -> dict[Question, Versions]:
    """The versions of those records that each person may see at this moment; one statement a question."""
    asked = list(questions)
    if not asked:
        return {}
    shape.refresh()
    known = people.active(each.person for each in asked)
    return {each: _versions(known.get(each.person), each) for each in asked}


def _versions(user: User | None, question: Question) -> Versions:
    if user is None:
        return {}
    try:
        found = records.visible(actors.of_user(user), question.object).only(question.ids)
        return {row.id: row.version for row in found.iterate((), chunk=500)}
    except Missing:  # an object that was switched off
        return {}


def shows_presence() -> bool:
    return organisation.current().presence
