"""A change or a removal that is meant for this occurrence, for this and the later ones, or for all.

Each is one batch. What is over is never touched; what was changed singly stays, unless the same field
changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.draft import Draft, Occasion
from aperto.kernel.changes.removal import first_error
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.recurrence import Recurrence, Repetition
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.rows import Row
from aperto.kernel.records import visible
from aperto.kernel.recurrence import moments, series
from aperto.kernel.recurrence import rule as rules
from aperto.kernel.recurrence.spread import pool, write


class Reach(StrEnum):
    ONE = "one"
    LATER = "later"
    ALL = "all"


WORDS = (
    (Reach.ONE, _("Only this one")),
    (Reach.LATER, _("This and later ones")),
    (Reach.ALL, _("All of the series")),
)


def repetition_of(actor: Actor, declaration: ObjectType, record: UUID) -> Repetition | None:
    """How the record repeats, where it is one of a series and this actor may know."""
    field = series.field_of(declaration)
    if field is None or field.key not in declaration.fields:
        return None
    row = next(visible(actor, declaration.key).only([record]).iterate([field.key], chunk=1), None)
    value: Repetition | None = row.values[field.key] if row else None
    return value if value and value.series and value.planned else None


def save(
    actor: Actor,
    record: Record,
    values: Mapping[str, Any],
    reach: Reach,
    *,
    via: str,
    if_version: int | None = None,
) -> UUID:
    """The batch that undoes it. Refuses as `changes.save` does, and then nothing is changed."""
    declaration = record.declares
    field, value = series.field_of(declaration), repetition_of(actor, declaration, record.pk)
    occasion = Occasion(actor, declaration, via, changes.new_batch())
    assert occasion.batch is not None
    if reach is Reach.ONE or field is None or value is None:
        changes.save(actor, record, values, via=via, if_version=if_version, batch=occasion.batch)
        return occasion.batch
    with transaction.atomic():
        Carrying(occasion, field, value, record.pk, reach).save(dict(values), if_version)
    return occasion.batch


def carry(actor: Actor, record: Record, values: Mapping[str, Any], reach: Reach, *, via: str) -> UUID:
    """To the others, what this occurrence has already."""
    declaration = record.declares
    field, value = series.field_of(declaration), repetition_of(actor, declaration, record.pk)
    occasion = Occasion(actor, declaration, via, changes.new_batch())
    assert occasion.batch is not None
    if field is not None and value is not None and reach is not Reach.ONE:
        with transaction.atomic():
            Carrying(occasion, field, value, record.pk, reach).carry(dict(values))
    return occasion.batch


def delete(actor: Actor, record: Record, reach: Reach, *, via: str) -> UUID:
    declaration = record.declares
    value = repetition_of(actor, declaration, record.pk)
    occasion = Occasion(actor, declaration, via, changes.new_batch())
    assert occasion.batch is not None
    with transaction.atomic():
        keys = [record.pk]
        if reach is not Reach.ONE and value is not None and value.series and value.planned:
            after = value.planned if reach is Reach.LATER else None
            keys += [row.id for row in pool(actor, declaration, value.series, after, record.pk)]
            first = value.planned if reach is Reach.LATER else _first_open(actor, declaration, value)
            day = moments.day_of(first, series.zone_of(actor, value))
            series.end(occasion, value.series, day - timedelta(days=1))
        first_error(changes.delete_many(actor, declaration.key, keys, via=via, batch=occasion.batch))
    return occasion.batch


def _first_open(actor: Actor, declaration: ObjectType, value: Repetition) -> datetime:
    field = series.field_of(declaration)
    assert field is not None and value.series is not None and value.planned is not None
    planned = [row.values[field.key].planned for row in pool(actor, declaration, value.series, None)]
    first: datetime = min([value.planned, *planned])
    return first


class Carrying:
    """One change, carried from the occurrence where it was made to the others."""

    def __init__(
        self, occasion: Occasion, field: Recurrence, value: Repetition, record: UUID, reach: Reach
    ) -> None:
        assert value.series is not None and value.planned is not None
        self.occasion, self.field, self.value, self.record, self.reach = occasion, field, value, record, reach
        self.planned, self.zone = value.planned, series.zone_of(occasion.actor, value)
        after = value.planned if reach is Reach.LATER else None
        self.others = pool(occasion.actor, occasion.declaration, value.series, after, record)

    def save(self, values: dict[str, Any], if_version: int | None) -> None:
        """First the fields that are equal in all; where the time or the rule differ, the series anew."""
        own = {key: values.pop(key) for key in (self.field.done,) if key in values}
        placing = {key: values.pop(key) for key in self._placing & values.keys()}
        present = self._present([*values, *self._placing])
        self._check_version(values | own | placing, if_version)
        differing = {key: value for key, value in values.items() if self._differs(key, value, present)}
        timing = {key: value for key, value in placing.items() if self._differs(key, value, present)}
        drafts = [Draft(differing | own, record=self.record)]
        drafts += [Draft(differing, record=row.id) for row in self.others if differing]
        write(self.occasion, drafts)
        if timing:
            self._place(timing, present)

    def carry(self, values: dict[str, Any]) -> None:
        """The others get it; how far this occurrence stands from where the rule put it moves them too."""
        placing = {key: values.pop(key) for key in self._placing & values.keys()}
        values.pop(self.field.done, None)
        if values:
            write(self.occasion, [Draft(values, record=row.id) for row in self.others])
        if placing:
            present = self._present([*self._placing])
            timing = {key: value for key, value in present.items() if key != self.field.key}
            self._place(timing | placing, present | {self.field.moment: self.planned})

    @property
    def _placing(self) -> set[str]:
        return {key for key in (self.field.key, self.field.moment, self.field.until) if key}

    def _check_version(self, values: Mapping[str, Any], if_version: int | None) -> None:
        """Raises what a single save would raise, before anything is carried further."""
        if if_version is not None:
            draft = {key: value for key, value in values.items() if key not in self._placing}
            handle = self.occasion.declaration.model(id=self.record)
            actor, batch = self.occasion.actor, self.occasion.batch
            changes.save(actor, handle, draft, via=self.occasion.via, if_version=if_version, batch=batch)

    def _present(self, keys: Sequence[str]) -> dict[str, Any]:
        known = [key for key in dict.fromkeys(keys) if key in self.occasion.declaration.fields]
        chosen = visible(self.occasion.actor, self.occasion.declaration.key).only([self.record])
        return next(iter(chosen.iterate(known, chunk=1))).values

    def _differs(self, key: str, value: Any, present: Mapping[str, Any]) -> bool:
        """An unknown field is refused by the write."""
        each = self.occasion.declaration.fields.get(key)
        if each is None:
            return True
        given = each.clean(value)
        if key == self.field.key and given is not None:
            day = moments.day_of(self.planned, self.zone)
            return bool(given.rule.completed(day) != self.value.rule)
        old, new = (None if one in (None, []) else each.to_json(one) for one in (present.get(key), given))
        return bool(old != new)

    def _place(self, timing: Mapping[str, Any], present: Mapping[str, Any]) -> None:
        """A new series from the pivot on: this occurrence, or with ALL the first that is still to come."""
        field, fields = self.field, self.occasion.declaration.fields
        moment = fields[field.moment].clean(timing.get(field.moment, present[field.moment]))
        if moment is None:
            raise Invalid({field.moment: [_("What repeats needs a moment to begin with.")]})
        until = self._until(timing, present, moment)
        if field.key in timing and fields[field.key].clean(timing[field.key]) is None:
            self._stop(moment, until)
        else:
            length = until - moment if until else None
            self._begin(timing.get(field.key), moment, present[field.moment], length)

    def _until(
        self, timing: Mapping[str, Any], present: Mapping[str, Any], moment: datetime
    ) -> datetime | None:
        """What was not said keeps its length."""
        key = self.field.until
        if key in timing:
            said: datetime | None = self.occasion.declaration.fields[key].clean(timing[key])
            return said
        start, end = present.get(self.field.moment), present.get(key)
        return moment + (end - start) if start and end else None

    def _stop(self, moment: datetime, until: datetime | None) -> None:
        """This occurrence stays and repeats no more."""
        earlier = [row.id for row in self.others if row.values[self.field.key].planned < self.planned]
        values = {self.field.moment: moment, self.field.key: None}
        values |= {self.field.until: until} if self.field.until else {}
        write(self.occasion, [Draft(values, record=self.record)])
        actor, declaration = self.occasion.actor, self.occasion.declaration
        if earlier:
            via, batch = self.occasion.via, self.occasion.batch
            first_error(changes.delete_many(actor, declaration.key, earlier, via=via, batch=batch))

    def _begin(
        self, asked: Any, moment: datetime, present: datetime | None, length: timedelta | None
    ) -> None:
        """The days by which this occurrence was moved move the others, and the rule with them."""
        field, start, first = self.field, moment, self._pivot()
        day = moments.day_of(self.planned, self.zone)
        shift = moments.day_of(moment, self.zone) - moments.day_of(present or moment, self.zone)
        if first is not None:
            start = moments.at_clock(self._day_of(first) + shift, moment, self.zone)
        if asked is None:
            rule = self._from(first).moved(day, day + shift)
        else:
            said = field.clean(asked) or self.value
            rule = said.rule.completed(moments.day_of(start, self.zone))
            start = moments.first_fit(rule, start, self.zone)
        values = {field.moment: start, field.key: Repetition(rule, anew=True)}
        values |= {field.until: start + length if length is not None else None} if field.until else {}
        write(self.occasion, [Draft(values, record=first.id if first else self.record)])

    def _day_of(self, row: Row) -> date:
        return moments.day_of(row.values[self.field.key].planned, self.zone)

    def _pivot(self) -> Row | None:
        """With ALL, the first open one of the future, where that comes before this one."""
        now, key = datetime.now(UTC), self.field.key
        coming = [row for row in self.others if now <= row.values[key].planned < self.planned]
        return coming[0] if coming else None

    def _from(self, first: Row | None) -> rules.Rule:
        """The rule from the pivot on, with the times that are left."""
        held, rule = series.find(self.value.series), self.value.rule
        if not rule.count or held is None:
            return rule
        planned = first.values[self.field.key].planned if first else self.planned
        used = moments.before(rule, held.start, self.zone, planned)
        return replace(rule, count=max(rule.count - used, 1))
