"""By which fields the records of an object stand in time: where they begin, and how they end if they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.dates import midnight
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import Row
from aperto.kernel.viewer import Viewer

KINDS = ("date", "datetime")
LENGTH = "duration"
NEVER_DAYS = frozenset({"created_at", "updated_at", "deleted_at"})  # every record has them


@dataclass(frozen=True)
class Axis:
    """`ends` is a date or a moment, or a length of time, or None where there is none. What is moved has both
    of the same kind."""

    declaration: ObjectType
    begins: Field
    ends: Field | None = None

    @property
    def whole_days(self) -> bool:
        return self.begins.kind == "date"

    @property
    def has_length(self) -> bool:
        return self.ends is not None and self.ends.kind == LENGTH

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.begins.key,) if self.ends is None else (self.begins.key, self.ends.key)

    @property
    def movable(self) -> bool:
        return not self.begins.readonly and not self.begins.derived

    @property
    def stretchable(self) -> bool:
        return self.movable and self.ends is not None and not self.ends.readonly and not self.ends.derived

    def end_of(self, begins: Any, raw: Any) -> Any:
        """The end as the same kind as the beginning; of days, the last one. Nothing ends before it begins."""
        if raw is None or self.ends is None:
            return begins
        if self.has_length:
            return begins + timedelta(days=raw // 86_400) if self.whole_days else later(begins, raw)
        return max(begins, raw)

    def alike(self, raw: Any, viewer: Viewer) -> Any:
        """A raw end as the kind of the beginning: a day lasts up to its midnight, a moment lies on a day."""
        if raw is None or self.ends is None or self.has_length or self.ends.kind == self.begins.kind:
            return raw
        if self.whole_days:
            return first_day(raw, viewer.zone)
        try:
            return midnight(raw + timedelta(days=1), viewer)
        except OverflowError:
            return datetime(9999, 12, 30, tzinfo=UTC)

    def span(self, row: Row) -> tuple[Any, Any]:
        """The beginning of a row and its end; None twice where it does not stand in time."""
        begins = row.values[self.begins.key]
        if begins is None:
            return None, None
        return begins, self.end_of(begins, row.values[self.ends.key] if self.ends else None)

    def moved(self, begins: Any, ends: Any, old: tuple[Any, Any]) -> dict[str, Any]:
        """The values of a record that is put elsewhere: without an end it keeps its length."""
        if self.ends is None:
            return {self.begins.key: begins}
        if ends is None:
            ends = begins + (old[1] - old[0])
        if self.has_length:
            seconds = (ends - begins).total_seconds()
            return {self.begins.key: begins, self.ends.key: round(seconds) or None}
        return {self.begins.key: begins, self.ends.key: ends}


def later(moment: datetime, seconds: float) -> datetime:
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def placing(actor: Actor, declaration: ObjectType) -> list[Field]:
    """The fields that can place a record in time; the one that does unless somebody chooses stands first."""
    known = [field for field in readable(actor, declaration).values() if field.kind in KINDS and field.label]
    usual = declaration.activity.moment if declaration.activity else ""
    return sorted(known, key=lambda field: (field.key != usual, field.key in NEVER_DAYS, field.readonly))


def axis_of(actor: Actor, declaration: ObjectType, key: str = "") -> Axis:
    """By this field, or by the usual one; Missing where no field of the object places it in time."""
    fields = placing(actor, declaration)
    begins = next((field for field in fields if field.key == key), None) if key else next(iter(fields), None)
    if begins is None:
        raise Missing(key or declaration.key)
    activity = declaration.activity
    ends = activity.ends if activity and activity.moment == begins.key else ""
    return Axis(declaration, begins, readable(actor, declaration).get(ends))


def has_axis(actor: Actor, declaration: ObjectType) -> bool:
    """Whether the object has a date of its own that the actor may read."""
    return any(field.key not in NEVER_DAYS for field in placing(actor, declaration))


def first_day(value: Any, zone: Any) -> date:
    """The day of a beginning, as the viewer has it."""
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def last_day(begins: Any, ends: Any, zone: Any) -> date:
    """The last day that something lies on: what ends at midnight does not touch the day that begins then."""
    if not isinstance(ends, datetime):
        return ends  # type: ignore[no-any-return]  # a date: whole days
    return first_day(ends if ends <= begins else ends - timedelta(microseconds=1), zone)


def columns(axis: Axis, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*axis.keys, *others]))
