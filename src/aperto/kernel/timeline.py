"""A record's past and what is planned for it, as its page reads them.

One index range of the Timeline table, then the changes and the activities by key: the number of queries
does not grow with the past. Activities that the actor may not see are left out without a trace.
"""

import base64
import binascii
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Change, Timeline
from aperto.kernel.errors import Missing
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import Row

PLANNED = "planned"
CHANGE = "change"


@dataclass(frozen=True)
class Happening:
    """One line of a timeline: a change of the record, or an activity about it."""

    id: UUID
    moment: datetime
    change: Change | None = None
    activity: Row | None = None
    declaration: ObjectType | None = None


@dataclass(frozen=True)
class Past:
    """`next` is the cursor of what lies further back; blank at the beginning of the record."""

    happenings: list[Happening]
    next: str


def past(actor: Actor, record: UUID, before: str = "", limit: int = 30) -> Past:
    """What happened to the record, newest first; the caller has shown that the actor may see the record."""
    rows = Timeline.objects.filter(record=record).exclude(kind=PLANNED).order_by("-moment", "-id")
    if before:
        rows = rows.filter(_older(before))
    read = list(rows[: limit + 1])
    shown = read[:limit]
    following = _cursor(shown[-1]) if len(read) > limit else ""
    return Past(_happenings(actor, shown), following)


def planned(actor: Actor, record: UUID, limit: int = 20) -> list[Happening]:
    """Activities about the record that are still to be done, the next one first."""
    rows = Timeline.objects.filter(record=record, kind=PLANNED).order_by("moment", "id")
    return _happenings(actor, list(rows[:limit]))


def columns_of(declaration: ObjectType, actor: Actor) -> list[str]:
    """What a timeline shows of an activity."""
    activity = declaration.activity
    assert activity is not None
    wanted = [*activity.composer, activity.moment, activity.done, activity.body, *declaration.subtitle]
    known = readable(actor, declaration)
    shown = [key for key in dict.fromkeys(wanted) if key in known and not known[key].stored_elsewhere]
    return [*shown, "owner", "created_by", "team"]


def _happenings(actor: Actor, rows: Sequence[Timeline]) -> list[Happening]:
    changes = Change.objects.in_bulk([row.reference for row in rows if row.kind == CHANGE])
    activities = _activities(actor, [row for row in rows if row.kind != CHANGE])
    found = []
    for row in rows:
        if row.kind == CHANGE and row.reference in changes:
            found.append(Happening(row.id, row.moment, change=changes[row.reference]))
        elif row.reference in activities:
            declaration = registry.get(row.reference_object)
            found.append(
                Happening(row.id, row.moment, activity=activities[row.reference], declaration=declaration)
            )
    return found


def _activities(actor: Actor, rows: Sequence[Timeline]) -> dict[UUID, Row]:
    keys: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        keys[row.reference_object].append(row.reference)
    found: dict[UUID, Row] = {}
    for object_key, ids in keys.items():
        if object_key not in registry or not actor.may(registry.get(object_key), Verb.READ):
            continue
        columns = columns_of(registry.get(object_key), actor)
        for row in records.visible(actor, object_key).only(ids).iterate(columns):
            found[row.id] = row
    return found


def _cursor(row: Timeline) -> str:
    text = f"{row.moment.astimezone(UTC).isoformat()} {row.pk.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _older(cursor: str) -> Q:
    """What lies before the cursor; Missing for one that is none."""
    try:
        text = base64.b64decode(cursor[:200] + "=" * (-len(cursor[:200]) % 4), altchars=b"-_", validate=True)
        moment, key = text.decode("ascii").split(" ")
        at, id_ = datetime.fromisoformat(moment), UUID(hex=key)
        at.astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error):
        raise Missing(cursor) from None
    if at.tzinfo is None:
        raise Missing(cursor)
    # The first comparison is the one that the index serves; the second cuts within one moment.
    return Q(moment__lte=at) & ~(Q(moment=at) & Q(id__gte=id_))


def latest(actor: Actor, since: datetime, limit: int = 100) -> list[Change]:
    """Changes of others since that moment, newest first, of records that the actor may see.

    Keys carry their time, so this is one range of the primary key however long the history is.
    """
    rows = Change.objects.filter(pk__gte=_floor(since)).exclude(actor=actor.user_id).order_by("-pk")[:limit]
    read = [row for row in rows if row.object in registry and not registry.get(row.object).administered]
    keys: dict[str, set[UUID]] = defaultdict(set)
    for row in read:
        keys[row.object].add(row.record)
    seen: set[UUID] = set()
    for object_key, ids in keys.items():
        if actor.may(registry.get(object_key), Verb.READ):
            seen |= records.visible(actor, object_key).titles(ids).keys()
    return [row for row in read if row.record in seen]


def _floor(moment: datetime) -> UUID:
    """The smallest key that a record made at this moment can have."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)
