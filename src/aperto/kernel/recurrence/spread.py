"""Writes the occurrences of a series: those that exist are moved, surplus ones removed, missing ones made.

Each of these is an ordinary write of the actor's, in the batch of the write that asked for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.draft import Draft, Occasion
from aperto.kernel.changes.removal import first_error
from aperto.kernel.fields.recurrence import Recurrence, Repetition
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import Row
from aperto.kernel.records import visible
from aperto.kernel.recurrence import moments, series
from aperto.kernel.recurrence.models import Series
from aperto.kernel.recurrence.plan import is_begun_by, left_by
from aperto.kernel.recurrence.rule import read


def spread(occasion: Occasion, records: Sequence[Record]) -> None:
    """Follows each write: a record that says a new rule gets its occurrences, one that stops loses them."""
    field = series.field_of(occasion.declaration)
    if field is None or occasion.undo_of:
        return
    for record in records:
        value, before = field.get(record), left_by(record)
        begins = value is not None and is_begun_by(record) and record.deleted_at is None
        if before is not None and before.planned is not None:
            _leave(occasion, field, record, before, value if begins else None)
        elif begins:
            Filling(occasion, field, record, value).carry_out([])


def _leave(
    occasion: Occasion, field: Recurrence, record: Record, before: Repetition, value: Repetition | None
) -> None:
    """The later occurrences of the former series go over to the new one, or into the bin."""
    assert before.series is not None and before.planned is not None
    zone = series.zone_of(occasion.actor, before)
    later = pool(occasion.actor, occasion.declaration, before.series, before.planned, record.pk)
    series.end(occasion, before.series, moments.day_of(before.planned, zone) - DAY)
    if value is not None:
        Filling(occasion, field, record, value, before).carry_out(later)
    elif later:
        first_error(_removed(occasion, [row.id for row in later]))


DAY = timedelta(days=1)


def _removed(occasion: Occasion, keys: Sequence[UUID]) -> list[Any]:
    key = occasion.declaration.key
    return changes.delete_many(occasion.actor, key, keys, via=occasion.via, batch=occasion.batch)


def pool(
    actor: Actor, declaration: ObjectType, key: UUID, after: datetime | None, but: UUID | None = None
) -> list[Row]:
    """The open occurrences of a series that are planned after a moment, in order."""
    field = series.field_of(declaration)
    assert field is not None
    columns = [each for each in (field.key, field.moment, field.until, field.done) if each]
    rows = visible(actor, declaration.key).where(field.of_series(key)).iterate(columns)
    found = [
        row
        for row in rows
        if row.id != but
        and not (field.done and row.values[field.done])
        and (after is None or row.values[field.key].planned > after)
    ]
    return sorted(found, key=lambda row: row.values[field.key].planned)


@dataclass
class Filling:
    """A series at its beginning: `record` is its first occurrence, `before` what that repeated as."""

    occasion: Occasion
    field: Recurrence
    record: Record
    value: Repetition
    before: Repetition | None = None

    def carry_out(self, present: Sequence[Row]) -> None:
        wanted = self._wanted()
        series.begin(self.occasion, self.value, self._zone, wanted[-1] if wanted else self._start)
        pairs, surplus, missing = matched(present, wanted, self._day, self.field.key)
        if surplus:
            first_error(_removed(self.occasion, [row.id for row in surplus]))
        write(self.occasion, [self._moved(row, moment) for row, moment in pairs])
        if missing:
            self.make(missing)

    def make(self, missing: Sequence[datetime]) -> None:
        template = copied(self.occasion.actor, self.occasion.declaration, self.record.pk)
        write(self.occasion, [Draft(template | self._placed(moment)) for moment in missing])

    @property
    def _start(self) -> datetime:
        assert self.value.planned is not None
        return self.value.planned

    @cached_property
    def _zone(self) -> str:
        return series.zone_of(self.occasion.actor, self.before)

    def _day(self, moment: datetime) -> date:
        return moments.day_of(moment, self._zone)

    def _wanted(self) -> list[datetime]:
        """Moments after the first one: none of the past, none that was ended or deleted singly before."""
        now = datetime.now(UTC)
        found = moments.moments(self.value.rule, self._start, self._zone, now + moments.HORIZON)
        spent = self._spent()
        later = (
            each for each in islice(found, 1, None) if each >= now - DAY and self._day(each) not in spent
        )
        return list(islice(later, moments.MOST - 1))

    def _spent(self) -> set[date]:
        if self.before is None or self.before.series is None:
            return set()
        field, model = self.field, self.occasion.declaration.model
        rows = model.objects.filter(field.of_series(self.before.series)).exclude(pk=self.record.pk)
        return {
            self._day(planned)
            for planned, deleted, done in rows.values_list(
                f"{field.key}_planned", "deleted_at", field.done or "deleted_at"
            )
            if planned and (deleted or done)
        }

    def _moved(self, row: Row, moment: datetime) -> Draft:
        """What stands where the rule put it follows; what was moved singly stays, if its moment does."""
        planned, at = row.values[self.field.key].planned, row.values[self.field.moment]
        values = {self.field.key: self._repetition(moment)}
        if planned != moment or at == planned:
            values = self._placed(moment) | values
        return Draft(values, record=row.id)

    def _placed(self, moment: datetime) -> dict[str, Any]:
        length = length_of(self.field, self.record)
        placed: dict[str, Any] = {self.field.moment: moment, self.field.key: self._repetition(moment)}
        if self.field.until and self.field.until in readable(self.occasion.actor, self.occasion.declaration):
            placed[self.field.until] = moment + length if length is not None else None
        return placed

    def _repetition(self, moment: datetime) -> Repetition:
        return Repetition(self.value.rule, self.value.series, moment, known=True)


def write(occasion: Occasion, drafts: Sequence[Draft]) -> None:
    """All of them or none."""
    key = occasion.declaration.key
    outcomes = changes.save_many(occasion.actor, key, drafts, via=occasion.via, batch=occasion.batch)
    first_error(outcomes)


def length_of(field: Recurrence, record: Record) -> timedelta | None:
    fields = record.declares.fields
    start, end = fields[field.moment].get(record), field.until and fields[field.until].get(record)
    return end - start if start and end else None


def matched(
    present: Sequence[Row], wanted: Sequence[datetime], day_of: Callable[[datetime], date], key: str
) -> tuple[list[tuple[Row, datetime]], list[Row], list[datetime]]:
    """Which occurrence takes which moment: that of the same day, else the next in order."""
    days = {day_of(moment): moment for moment in wanted}
    pairs = [(row, days.pop(day)) for row in present if (day := day_of(row.values[key].planned)) in days]
    taken = {row.id for row, _moment in pairs}
    rest = [row for row in present if row.id not in taken]
    left = sorted(days.values())
    pairs += zip(rest, left, strict=False)
    return pairs, rest[len(left) :], left[len(rest) :]


def copied(actor: Actor, declaration: ObjectType, record: UUID) -> dict[str, Any]:
    """What a new occurrence takes over: all that the actor may write, but for when it is and whether done."""
    field = series.field_of(declaration)
    assert field is not None
    known = readable(actor, declaration)
    placed = {field.key, field.moment, field.until, field.done}
    keys = [key for key, each in known.items() if not each.readonly and key not in placed and not each.unique]
    row = next(iter(visible(actor, declaration.key).only([record]).iterate(keys, chunk=1)))
    values = {key: value for key, value in row.values.items() if value not in (None, [])}
    return values | ({field.done: False} if field.done else {})


def continue_(occasion: Occasion, held: Series, last: Record) -> int:
    """Writes the occurrences between what is written and the horizon, like the last one; how many."""
    field = series.field_of(occasion.declaration)
    assert field is not None
    rule = read(held.rule)
    found = moments.moments(rule, held.start, held.zone, datetime.now(UTC) + moments.HORIZON)
    missing = list(islice((each for each in found if each > held.written), moments.MOST))
    filling = Filling(occasion, field, last, Repetition(rule, held.pk, held.start))
    if missing:
        Series.objects.filter(pk=held.pk).update(written=missing[-1])
        filling.make(missing)
    elif rule.count or rule.until:
        Series.objects.filter(pk=held.pk).update(ended=True)
    return len(missing)
