"""A record's past and what is planned for it, as its page reads them.

One index range of the Timeline table, then the changes and the activities by key: the number of queries
does not grow with the past. Activities that the actor may not see are left out without a trace.
"""

import base64
import binascii
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Change, Timeline
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import pointers, rows
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.reach import table
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import Row
from aperto.kernel.query.statements import fetch, instances

PLANNED = "planned"
CHANGE = "change"
PLANS = 20


class Line(NamedTuple):
    """A row of the Timeline table: what it points at, and when that was."""

    id: UUID
    moment: datetime
    kind: str
    reference_object: str
    reference: UUID


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
    shown, following = _past_lines(record, before, limit)
    return Past(_happenings(actor, record, shown), following)


def planned(actor: Actor, record: UUID, limit: int = PLANS) -> list[Happening]:
    """Activities about the record that are still to be done, the next one first."""
    return _happenings(actor, record, _planned_lines(record, limit))


def both(actor: Actor, record: UUID, limit: int = 30) -> tuple[Past, list[Happening]]:
    """What happened and what is planned, whose activities are read together."""
    shown, following = _past_lines(record, "", limit)
    coming = _planned_lines(record, PLANS)
    happenings = {each.id: each for each in _happenings(actor, record, [*shown, *coming])}
    told, due = (
        [happenings[line.id] for line in lines if line.id in happenings] for lines in (shown, coming)
    )
    return Past(told, following), due


def _past_lines(record: UUID, before: str, limit: int) -> tuple[list[Line], str]:
    """The newest lines, and the cursor of those that follow them."""
    given = [Q(record=record), *([_older(before)] if before else [])]
    read = _lines(("past", limit), given, ~Q(kind=PLANNED), ("-moment", "-id"), limit + 1)
    following = _cursor(read[limit - 1]) if len(read) > limit else ""
    return read[:limit], following


def _planned_lines(record: UUID, limit: int) -> list[Line]:
    return _lines(("planned", limit), [Q(record=record)], Q(kind=PLANNED), ("moment", "id"), limit)


def _lines(
    name: tuple[Hashable, ...], given: Sequence[Q], kind: Q, order: tuple[str, ...], limit: int
) -> list[Line]:
    def build(conditions: Sequence[Q]) -> "QuerySet[Any, Any]":
        return Timeline.objects.filter(*conditions, kind).order_by(*order).values_list(*Line._fields)[:limit]

    return [Line(*row) for row in fetch(Timeline, name, given, build)]


def columns_of(declaration: ObjectType, actor: Actor) -> list[str]:
    """What a timeline shows of an activity."""
    activity = declaration.activity
    assert activity is not None
    wanted = [*activity.composer, activity.moment, activity.done, activity.body, *declaration.subtitle]
    known = readable(actor, declaration)
    shown = [key for key in dict.fromkeys(wanted) if key in known and not known[key].stored_elsewhere]
    return [*shown, "owner", "created_by", "team"]


def _happenings(actor: Actor, record: UUID, lines: Sequence[Line]) -> list[Happening]:
    changes = _changes([line.reference for line in lines if line.kind == CHANGE])
    activities = _activities(actor, record, [line for line in lines if line.kind != CHANGE])
    found = []
    for line in lines:
        if line.kind == CHANGE and line.reference in changes:
            found.append(Happening(line.id, line.moment, change=changes[line.reference]))
        elif line.reference in activities:
            row, declaration = activities[line.reference]
            found.append(Happening(line.id, line.moment, activity=row, declaration=declaration))
    return found


def _changes(keys: list[UUID]) -> dict[UUID, Change]:
    if not keys:
        return {}
    return {change.id: change for change in instances(Change, "changes", [among_keys("pk", keys)])}


def _activities(actor: Actor, record: UUID, lines: Sequence[Line]) -> dict[UUID, tuple[Row, ObjectType]]:
    """The activities that the actor may see, by key; what they point at is read once for all of them."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for line in lines:
        keys[line.reference_object].append(line.reference)
    read: list[tuple[rows.Plan, list[Row]]] = []
    for object_key, ids in keys.items():
        if object_key in registry and actor.may(registry.get(object_key), Verb.READ):
            read.append(_rows(actor, registry.get(object_key), record, ids))
    _resolve(actor, read)
    return {row.id: (row, plan.declaration) for plan, found in read for row in found}


def _rows(
    actor: Actor, declaration: ObjectType, record: UUID, ids: Sequence[UUID]
) -> tuple[rows.Plan, list[Row]]:
    plan = rows.plan(declaration, columns_of(declaration, actor), actor)
    selection = records.visible(actor, declaration.key).only(ids)
    shown = _linked_openly(actor, declaration, record)
    cuts = (selection if shown is None else selection.where(shown)).source.cuts

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        return table(declaration).filter(*given).values_list(*plan.names)

    found = fetch(declaration.model, ("timeline", declaration.key, plan.names), cuts, build)
    return plan, [plan.row(raw) for raw in found]


def _linked_openly(actor: Actor, declaration: ObjectType, record: UUID) -> Q | None:
    """Activities that a field which the actor may see links to the record; None where no such field is
    hidden from them, and so none needs to be asked."""
    fields = readable(actor, declaration)
    if all(key in fields for key in outline_of(declaration).pointing):
        return None
    links = [field for field in fields.values() if pointers.is_pointer(field) and _is_subject(field)]
    shown = Q(pk__in=[])
    for field in links:
        shown |= pointers.pointing(field, declaration, [record])
    return shown


def _is_subject(field: Field) -> bool:
    return any(to in registry and not registry.get(to).administered for to in pointers.targets(field))


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


def _cursor(row: Line) -> str:
    text = f"{row.moment.astimezone(UTC).isoformat()} {row.id.hex}"
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
