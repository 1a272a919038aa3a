"""Records in groups: by the value of a field, or by the period that a date lies in, with totals of each.

A group is one value; its records are a page of a list like any other, under one condition more (`inside`).
What a reader may not see is neither grouped by nor added up (see `readable`).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.formats.periods import write_period
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.pipelines import stages
from aperto.kernel.query import dates, pointers
from aperto.kernel.query.aggregates import MOST_LANES, Totals, Wanted, by_key
from aperto.kernel.query.dates import Days
from aperto.kernel.query.engines.periods import UNITS, Period, first_day
from aperto.kernel.query.pointers import USER, targets
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import found
from aperto.kernel.query.source import Source
from aperto.kernel.shape import uses
from aperto.kernel.viewer import Viewer

DATED = frozenset({"date", "datetime"})
KINDS = DATED | {"select", "boolean", "stage", "user", "reference"}
UNFIT = _lazy("This total does not fit the field.")
USUAL_UNIT = "month"
LONGEST_KEY = 80


@dataclass(frozen=True)
class Grouping:
    """`unit` is the period of a date; `descending` puts the last group first."""

    field: Field
    unit: str = ""
    descending: bool = False

    @property
    def text(self) -> str:
        """As addresses and saved views write it: "stage", "-created_at:month"."""
        return f"{'-' * self.descending}{self.field.key}{':' * bool(self.unit)}{self.unit}"


@dataclass(frozen=True)
class Group:
    """`value` is a Ref, an option's key, yes or no, or the first day of a period; None for those without."""

    value: Any
    count: int
    totals: Totals = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """`next` is how many groups are skipped to read those after these; None where there are no more."""

    groups: list[Group]
    next: int | None = None


def can_group(each: Field) -> bool:
    return each.kind in KINDS and not each.derived and not each.stored_elsewhere and len(targets(each)) < 2


def grouping_of(text: str, declaration: ObjectType, actor: Actor) -> Grouping:
    """The grouping that the text means; FieldError for one that cannot be, or that the actor may not see."""
    name, _colon, unit = text.removeprefix("-").partition(":")
    each = readable(actor, declaration).get(name)
    if each is None:
        words = {"object": declaration.label, "field": name[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    if not can_group(each):
        raise FieldError(_("Records cannot be grouped by %(field)s.") % {"field": each.label or each.key})
    if (unit or USUAL_UNIT) not in (UNITS if each.kind in DATED else (USUAL_UNIT,)):
        raise FieldError(_("Dates are grouped by day, week, month, quarter or year."))
    if each.custom:
        uses.note(declaration, each)
    return Grouping(each, (unit or USUAL_UNIT) if each.kind in DATED else "", text.startswith("-"))


# -- groups ------------------------------------------------------------------------------------------


def groups(source: Source, grouping: Grouping, wanted: Wanted = (), start: int = 0) -> Groups:
    """The groups in their order with what their records add up to, a page of them where they are many."""
    viewer = source.actor.viewer
    name = ("groups", *shape_of(grouping), viewer.zone_name, datetime.now(UTC).year)
    read = by_key(source, name, key_of(grouping, viewer), wanted, order_of(grouping), start)
    following = start + MOST_LANES if len(read) > MOST_LANES else None
    made = [Group(value_read(grouping, raw), lane.count, lane.totals) for raw, lane in read[:MOST_LANES]]
    return Groups(arranged(made, grouping, source), following)


def arranged(made: list[Group], grouping: Grouping, source: Source) -> list[Group]:
    """With the titles of records that the actor may see, in the order that readers expect."""
    resolved = _resolved(made, grouping.field, source.actor)
    return _sorted(resolved, grouping, source.declaration, source.actor.viewer)


def shape_of(grouping: Grouping) -> tuple[Field, str]:
    """What a statement that groups so depends on, but for the reader's zone."""
    return grouping.field, grouping.unit


def order_of(grouping: Grouping) -> str:
    """Periods follow each other; of records there may be many, of which those with most come first. Other
    values are few."""
    if grouping.unit:
        return "-lane" if grouping.descending else "lane"
    return "-lane_count" if grouping.field.kind == "reference" else ""


def key_of(grouping: Grouping, viewer: Viewer) -> Any:
    each = grouping.field
    value: Any = each.sql(each.filter_suffix)
    if grouping.unit:
        return Period(value, grouping.unit, viewer.zone_name if each.kind == "datetime" else "")
    if each.kind == "boolean":  # what was never ticked counts as no, as in filters
        return Coalesce(value, Value(False), output_field=BooleanField())
    return value


def value_read(grouping: Grouping, raw: Any) -> Any:
    """The value of a group, of what the database told."""
    if raw is None:
        return None
    if grouping.unit:
        return first_day(raw)
    if to := targets(grouping.field):
        return Ref(to[0], raw if isinstance(raw, UUID) else UUID(raw))
    return bool(raw) if grouping.field.kind == "boolean" else raw


def _resolved(made: list[Group], each: Field, actor: Actor) -> list[Group]:
    """With the titles of records that the actor may see."""
    if not targets(each):
        return made
    known = found(actor, [(each, group.value) for group in made])
    return [Group(each.resolve(group.value, known), group.count, group.totals) for group in made]


def _sorted(made: list[Group], grouping: Grouping, declaration: ObjectType, viewer: Viewer) -> list[Group]:
    """Options and stages as arranged, names by the alphabet, many by number; without a value last."""
    filled = [group for group in made if group.value is not None]
    if not grouping.unit:
        place = _places(grouping.field, declaration)
        filled.sort(key=lambda group: place(group), reverse=grouping.descending)
    return filled + [group for group in made if group.value is None]


def _places(each: Field, declaration: ObjectType) -> Any:
    if each.kind == "boolean":
        return lambda group: not group.value
    if each.kind == "stage":
        order = {step.id: place for place, step in enumerate(stages.of_object(declaration.key))}
        return lambda group: order.get(group.value.id, len(order))
    if each.kind == "reference" and not _is_small(each):
        return lambda group: (-group.count, fold(group.value.title))
    if targets(each):
        return lambda group: (not group.value.title, fold(group.value.title))
    keys = {option.key: place for place, option in enumerate(getattr(each, "options", ()))}
    return lambda group: (keys.get(group.value, len(keys)), str(group.value))


def _is_small(each: Field) -> bool:
    """Whether it points at what is configured: teams, products' groups and the like."""
    return targets(each) == (USER,) or not pointers.leads_to_records(each)


def top(source: Source, each: Field, most: int) -> list[tuple[str, int]]:
    """The values that most records have, in words, with how many; none for a field of too many kinds of
    values."""
    viewer = source.actor.viewer
    if can_group(each) and each.kind not in DATED:
        grouping = Grouping(each)
        made = sorted(groups(source, grouping).groups, key=lambda group: -group.count)
        said = [
            (label_of(grouping, group.value, viewer), group.count)
            for group in made
            if group.value is not None
        ]
    elif each.kind == "text" and not each.derived:
        read = by_key(source, ("top", each), each.sql(), (), "-lane_count")
        said = [(each.text(raw, viewer), lane.count) for raw, lane in read if raw is not None]
    else:
        return []
    return said[:most]


# -- one group ---------------------------------------------------------------------------------------


def written(value: Any) -> str:
    """The value of a group as an address holds it; blank for the group without one."""
    if value is None:
        return ""
    if isinstance(value, Ref):
        return str(value.id)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def value_of(grouping: Grouping, text: str) -> Any:
    """The mirror of `written`."""
    if not text:
        return None
    try:
        if len(text) > LONGEST_KEY or "\0" in text:
            raise ValueError
        if grouping.unit:
            return date.fromisoformat(text)
        if to := targets(grouping.field):
            return Ref(to[0], UUID(text))
        return {"true": True, "false": False}[text] if grouping.field.kind == "boolean" else text
    except (ValueError, KeyError):
        raise FieldError(_("There is no such group.")) from None


def inside(grouping: Grouping, value: Any, declaration: ObjectType, viewer: Viewer) -> Q:
    """The condition that the records of a group fulfil."""
    each = grouping.field
    if value is None:
        return each.condition("empty", ())
    if grouping.unit:
        return _in_period(each, period(value, grouping.unit), viewer)
    if targets(each):
        return pointers.pointing(each, declaration, [value.id])
    return each.condition("is", [value])


def period(first: date, unit: str) -> Days:
    if unit in ("day", "week"):
        return Days(first, first + timedelta(days=0 if unit == "day" else 6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    try:
        return Days(first, dates.months_later(first, months) - timedelta(days=1))
    except OverflowError:
        raise FieldError(_("There is no such group.")) from None


def _in_period(each: Field, days: Days, viewer: Viewer) -> Q:
    span = dates.moments(days, viewer) if each.kind == "datetime" else days
    compared = [each.where(operator, [value]) for operator, value in dates.bounds(span, "is")]
    return compared[0] & compared[1]


def label_of(grouping: Grouping, value: Any, viewer: Viewer) -> str:
    """What a group is called."""
    if value is None:
        return _("Empty")
    if grouping.unit:
        return write_period(value, grouping.unit, viewer)
    if isinstance(value, Ref) and not value.title:
        return _("Not visible to you")
    return grouping.field.text(value, viewer)
