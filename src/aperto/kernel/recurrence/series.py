"""Series as they are kept: begun, shortened and taken back, each with a note in the history of its batch."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.draft import Occasion
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.undo import reverses
from aperto.kernel.errors import Refused
from aperto.kernel.fields.recurrence import Recurrence, Repetition
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import deleted, visible
from aperto.kernel.recurrence import rule as rules
from aperto.kernel.recurrence.models import Series

KIND = "series"


def field_of(declaration: ObjectType) -> Recurrence | None:
    """The field by which this object repeats, if it does."""
    return next((each for each in declaration.fields.values() if isinstance(each, Recurrence)), None)


def find(key: UUID | None) -> Series | None:
    return Series.objects.filter(pk=key).first() if key else None


def zone_of(actor: Actor, before: Repetition | None) -> str:
    """A series keeps its zone, whoever changes it; a new one is in that of its maker."""
    held = find(before.series) if before else None
    return held.zone if held else actor.viewer.zone_name


def begin(occasion: Occasion, value: Repetition, zone: str, written: datetime) -> Series:
    assert value.series is not None and value.planned is not None
    held = Series.objects.create(
        id=value.series,
        object=occasion.declaration.key,
        rule=value.rule.written,
        zone=zone,
        start=value.planned,
        written=written,
    )
    _note(occasion, held, "created", {})
    return held


def end(occasion: Occasion, key: UUID | None, last: date) -> None:
    """Nothing follows after this day. The rule that the occurrences tell stays: it is how they came to be."""
    held = find(key)
    if held is None:
        return
    shorter = rules.read(held.rule).ended(last).written
    _note(occasion, held, "changed", {"rule": [held.rule, shorter], "ended": [held.ended, True]})
    Series.objects.filter(pk=held.pk).update(rule=shorter, ended=True)


def _note(occasion: Occasion, held: Series, verb: str, difference: dict[str, list[Any]]) -> None:
    changes.note(occasion.actor, KIND, held.pk, verb, difference, via=occasion.via, batch=occasion.batch)


def _reverse(actor: Actor, change: Change, via: str) -> None:
    """With its batch: a series that was begun ends, one that was ended goes on."""
    held = find(change.record)
    if held is None:
        return
    _check(actor, held)
    before = {key: pair[0] for key, pair in change.diff.items()} or {"ended": True}
    known = {key: before[key] for key in ("rule", "ended") if key in before}
    difference = {key: [getattr(held, key), value] for key, value in known.items()}
    Series.objects.filter(pk=held.pk).update(**known)
    changes.note(actor, KIND, held.pk, "changed", difference, via=via)


def _check(actor: Actor, held: Series) -> None:
    """Only whoever may change one of its occurrences; what has none left harms nobody."""
    declaration = registry.get(held.object)
    field = field_of(declaration)
    assert field is not None
    mine = field.of_series(held.pk)
    if not declaration.model.objects.filter(mine).exists():
        return
    reached = visible(actor, held.object, Verb.EDIT).where(mine).exists()
    if not reached and not deleted(actor, held.object).where(mine).exists():
        raise Refused(Verb.EDIT)


reverses(KIND, _reverse)
