"""What somebody has still to do, what they have given to others and what they have done lately, in sections.

All sections come by one kept statement, and each of its parts is the beginning of a range of an index, so
the cost hangs on what is shown and not on what there is. A section goes on behind a `Mark`: by key.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, IntegerField, Q, QuerySet, Value

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.agenda import undone
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.query.dates import midnight
from aperto.kernel.query.reach import reached, table
from aperto.kernel.query.rows import Row
from aperto.kernel.query.statements import Rows, fetch

LATELY = timedelta(days=7)
CONDITIONS = 3  # of each part: see `_conditions`
# In the words of an index (`<object>_given`), which an engine takes for no other words.
GIVEN_AWAY = Q(owner__lt=F("created_by")) | Q(owner__gt=F("created_by"))


class Mark(NamedTuple):
    """After which entry a section goes on; without a moment among what has none."""

    at: datetime | None
    id: UUID


@dataclass(frozen=True)
class Entry:
    """One activity; `at` is its moment, or when it was ended."""

    declaration: ObjectType
    row: Row
    at: datetime | None

    @property
    def mark(self) -> Mark:
        return Mark(self.at, self.row.id)


@dataclass(frozen=True)
class Section:
    """`spans` are the ranges that it is read by, one behind the other; `newest`: the newest comes first."""

    key: str
    spans: tuple[str, ...]
    given: bool = False
    newest: bool = False


LATE = Section("late", ("late",))
TODAY = Section("today", ("today",))
COMING = Section("coming", ("coming",))
UNDATED = Section("undated", ("undated",))
GIVEN = Section("given", ("dated", "undated"), given=True)
ENDED = Section("ended", ("ended",), newest=True)
SECTIONS = (LATE, TODAY, COMING, UNDATED, GIVEN, ENDED)


def tracked(actor: Actor, declarations: Iterable[ObjectType]) -> list[ObjectType]:
    """Those of the objects that are done by somebody at a moment, as far as the actor may read them."""
    return [
        each
        for each in declarations
        if each.activity
        and each.activity.done
        and each.fields[each.activity.moment].kind == "datetime"
        and actor.may(each, Verb.READ)
    ]


class Part(NamedTuple):
    """One range: of which section, of which object."""

    section: Section
    span: str
    declaration: ObjectType


def entries(
    actor: Actor,
    declarations: Sequence[ObjectType],
    sections: Sequence[Section],
    limit: int,
    after: Mark | None = None,
) -> dict[str, list[Entry]]:
    """The first entries of each section, at most `limit`, in its order."""
    parts = [Part(each, span, of) for each in sections for span in each.spans for of in declarations]
    found: dict[str, list[Entry]] = {each.key: [] for each in sections}
    if not parts or actor.user_id is None:
        return found
    for place, key, version, title, at, owner, team in _rows(actor, parts, limit, after):
        part = parts[place]
        assert part.declaration.activity is not None
        values: dict[str, Any] = {"owner": owner and Ref("user", owner), "team": team and Ref("team", team)}
        row = Row(key, version, title or "", values)
        found[part.section.key].append(Entry(part.declaration, row, None if "undated" in part.span else at))
    return {each.key: sorted(found[each.key], key=_order(each))[:limit] for each in sections}


def _order(section: Section) -> Callable[[Entry], Any]:
    if section.newest:
        return lambda each: (-each.at.timestamp() if each.at else 0, -each.row.id.int)
    return lambda each: (each.at is None, each.at and each.at.timestamp(), each.row.id)


def _rows(actor: Actor, parts: Sequence[Part], limit: int, after: Mark | None) -> Rows:
    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        read = [
            _first(part, place, given[place * CONDITIONS : (place + 1) * CONDITIONS], limit)
            for place, part in enumerate(parts)
        ]
        return read[0].union(*read[1:], all=True) if len(read) > 1 else read[0]

    conditions = [each for part in parts for each in _conditions(actor, part, after)]
    named = [(part.section.key, part.span, part.declaration.model) for part in parts]
    return fetch(parts[0].declaration.model, ("worklist", limit, *named), conditions, build)


def _moment(part: Part) -> str:
    assert part.declaration.activity is not None
    return "updated_at" if part.section.newest else part.declaration.activity.moment


def _conditions(actor: Actor, part: Part, after: Mark | None) -> list[Q]:
    whose = Q(created_by=actor.user_id) & GIVEN_AWAY if part.section.given else Q(owner=actor.user_id)
    state = _ended(part.declaration) if part.section.newest else undone(part.declaration)
    return [reached(actor, part.declaration), whose & state, _span(actor, part) & _behind(part, after)]


def _ended(declaration: ObjectType) -> Q:
    assert declaration.activity is not None
    ending = declaration.fields[declaration.activity.done]
    return Q(**{ending.key: True}) if ending.kind == "boolean" else ending.where("filled", ())


def _span(actor: Actor, part: Part) -> Q:
    moment, viewer = _moment(part), actor.viewer
    today: date = viewer.now().date()
    begin, end = midnight(today, viewer), midnight(today + timedelta(days=1), viewer)
    return {
        "late": Q(**{f"{moment}__lt": begin}),
        "today": Q(**{f"{moment}__gte": begin, f"{moment}__lt": end}),
        "coming": Q(**{f"{moment}__gte": end}),
        "dated": Q(**{f"{moment}__isnull": False}),
        "undated": Q(**{f"{moment}__isnull": True}),
        "ended": Q(**{f"{moment}__gte": begin - LATELY}),
    }[part.span]


def _behind(part: Part, after: Mark | None) -> Q:
    """What follows the mark: of a range before it nothing, of one behind it all."""
    if after is None:
        return Q()
    if part.span == "undated":
        return Q(pk__gt=after.id) if after.at is None else Q()
    if after.at is None:
        return Q(pk__in=[])
    moment, on = _moment(part), "lt" if part.section.newest else "gt"
    same = Q(**{f"{moment}__{on}": after.at}) | Q(**{f"pk__{on}": after.id})
    return Q(**{f"{moment}__{on}e": after.at}) & same


def _first(part: Part, place: int, conditions: Sequence[Q], limit: int) -> "QuerySet[Any, Any]":
    """The slice stands inside: SQLite takes none in the parts of a union."""
    moment = _moment(part)
    order = (f"-{moment}", "-pk") if part.section.newest else (moment, "pk")
    rows = table(part.declaration).filter(ALIVE, *conditions)
    ordered = rows.order_by("pk") if part.span == "undated" else rows.order_by(*order)
    placed = table(part.declaration).annotate(place=Value(place, IntegerField()))
    chosen = placed.filter(pk__in=ordered.values("pk")[:limit])
    return chosen.values_list("place", "pk", "version", "title", moment, "owner", "team")
