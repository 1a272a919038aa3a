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
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows
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
    lines = Timeline.objects.filter(record=record).exclude(kind=PLANNED).order_by("-moment", "-id")
    if before:
        lines = lines.filter(_older(before))
    read = list(lines[: limit + 1])
    shown = read[:limit]
    following = _cursor(shown[-1]) if len(read) > limit else ""
    return Past(_happenings(actor, shown), following)


def planned(actor: Actor, record: UUID, limit: int = 20) -> list[Happening]:
    """Activities about the record that are still to be done, the next one first."""
    lines = Timeline.objects.filter(record=record, kind=PLANNED).order_by("moment", "id")
    return _happenings(actor, list(lines[:limit]))


def columns_of(declaration: ObjectType, actor: Actor) -> list[str]:
    """What a timeline shows of an activity."""
    activity = declaration.activity
    assert activity is not None
    wanted = [*activity.composer, activity.moment, activity.done, activity.body, *declaration.subtitle]
    known = readable(actor, declaration)
    shown = [key for key in dict.fromkeys(wanted) if key in known and not known[key].stored_elsewhere]
    return [*shown, "owner", "created_by", "team"]


def _happenings(actor: Actor, timeline: Sequence[Timeline]) -> list[Happening]:
    changes = Change.objects.in_bulk([row.reference for row in timeline if row.kind == CHANGE])
    activities = _activities(actor, [row for row in timeline if row.kind != CHANGE])
    found = []
    for row in timeline:
        if row.kind == CHANGE and row.reference in changes:
            found.append(Happening(row.id, row.moment, change=changes[row.reference]))
        elif row.reference in activities:
            declaration = registry.get(row.reference_object)
            found.append(
                Happening(row.id, row.moment, activity=activities[row.reference], declaration=declaration)
            )
    return found


def _activities(actor: Actor, timeline: Sequence[Timeline]) -> dict[UUID, Row]:
    """The activities that the actor may see, by key; what they point at is read once for all of them."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for row in timeline:
        keys[row.reference_object].append(row.reference)
    read: list[tuple[rows.Plan, list[Row]]] = []
    for object_key, ids in keys.items():
        if object_key in registry and actor.may(registry.get(object_key), Verb.READ):
            declaration = registry.get(object_key)
            plan = rows.plan(declaration, columns_of(declaration, actor), actor)
            found = records.visible(actor, object_key).only(ids).source.rows()
            read.append((plan, [plan.row(raw) for raw in found.values_list(*plan.names)]))
    _resolve(actor, read)
    return {row.id: row for _plan, found in read for row in found}


def _resolve(actor: Actor, read: Sequence[tuple[rows.Plan, list[Row]]]) -> None:
    """References with their titles. A team is only compared with the actor's, so its name is not read."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    places = [(row, field) for plan, found in read for row in found for field in plan.fields]
    for row, field in places:
        if row.values[field.key] is not None:
            for object_key, id_ in field.references(row.values[field.key]):
                wanted[object_key].add(id_)
    wanted.pop("team", None)
    titles: dict[UUID, Ref] = {}
    for object_key, ids in wanted.items():
        titles |= rows.titles(actor, object_key, ids)
    for row, field in places:
        if row.values[field.key] is not None:
            row.values[field.key] = field.resolve(row.values[field.key], titles)


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


def latest(actor: Actor, since: datetime, limit: int = 100) -> list[tuple[Change, Ref]]:
    """Changes of others since that moment, newest first, each with its record as the actor sees it.

    Keys carry their time, so this is one range of the primary key however long the history is.
    """
    newest = Change.objects.filter(pk__gte=_floor(since)).exclude(actor=actor.user_id).order_by("-pk")[:limit]
    read = [row for row in newest if row.object in registry and not registry.get(row.object).administered]
    keys: dict[str, set[UUID]] = defaultdict(set)
    for row in read:
        keys[row.object].add(row.record)
    seen: dict[UUID, Ref] = {}
    for object_key, ids in keys.items():
        if actor.may(registry.get(object_key), Verb.READ):
            seen |= rows.titles(actor, object_key, ids)
    return [(row, seen[row.record]) for row in read if row.record in seen]


def _floor(moment: datetime) -> UUID:
    """The smallest key that a record made at this moment can have."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)
