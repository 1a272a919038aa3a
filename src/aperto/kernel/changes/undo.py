"""Undo of any change: of one, or of a whole batch (a bulk edit, an import, a conversion)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import links, removal
from aperto.kernel.changes.draft import Draft, Occasion, Outcome
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.write import write
from aperto.kernel.errors import Conflict, FieldError, Invalid, Missing, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.kernel.records import deleted, visible

type Reverse = Callable[[Actor, Change, str], None]
_notes: dict[str, Reverse] = {}


def reverses(kind: str, reverse: Reverse) -> None:
    """How what is no record (a role, a view, the organisation) is taken back with the rest of its batch. It
    raises Conflict when that was changed again since."""
    _notes[kind] = reverse


@dataclass
class Undone:
    """How much of a batch went back: `kept` are the changes that newer ones or missing rights protect."""

    undone: int = 0
    kept: int = 0


def undo(actor: Actor, change: Change, via: str) -> Outcome:
    """Takes one change back. Conflict when its fields were changed again since; Missing when it is not to be
    seen or was undone already."""
    if change.undone_by is None and change.batch is not None and change.object in _notes:
        return _reverse_note(actor, change, via)
    if change.undone_by is not None or change.object not in registry:
        raise Missing(change.id)
    if change.verb not in _REVERSE:
        raise Refused(change.verb)  # a note of what is no field, such as who is in a team
    occasion = Occasion(actor, registry.get(change.object), via, undo_of=change.id)
    with transaction.atomic():
        outcome = _REVERSE[change.verb](occasion, change)
        if outcome.error is None and outcome.change is not None:
            Change.objects.filter(pk=change.pk, undone_by=None).update(undone_by=outcome.change.pk)
    if outcome.error is not None:
        raise outcome.error
    return outcome


def _reverse_note(actor: Actor, change: Change, via: str) -> Outcome:
    with transaction.atomic():
        _notes[change.object](actor, change, via)
        newest = Change.objects.filter(record=change.record).order_by("-id")[0]
        Change.objects.filter(pk=newest.pk).exclude(pk=change.pk).update(undo_of=change.pk)
        Change.objects.filter(pk=change.pk).update(undone_by=newest.pk)
    return Outcome(change=newest)


def _change_back(occasion: Occasion, change: Change) -> Outcome:
    record = visible(occasion.actor, change.object).get(change.record)
    fields = occasion.declaration.fields
    _check_fields(occasion, change)
    present = present_json(occasion, record.pk, list(change.diff))
    theirs = {
        key: present[key]
        for key, (_old, new) in change.diff.items()
        if _differ(fields[key], present[key], new)
    }
    if theirs:
        mine = {key: change.diff[key][0] for key in theirs}
        raise Conflict(record.version, mine, theirs)
    values = {key: pair[0] for key, pair in change.diff.items() if not fields[key].readonly}
    return write(occasion, [Draft(values, record=record.pk)])[0]


def _check_fields(occasion: Occasion, change: Change) -> None:
    """A change is taken back whole or not at all, and tells nothing of fields that the actor may not see."""
    mine = readable(occasion.actor, occasion.declaration)
    for key, field in occasion.declaration.fields.items():
        if key in change.diff and (key not in mine or mine[key].readonly is not field.readonly):
            raise Refused(Verb.EDIT)


def _differ(field: Field, one: Any, other: Any) -> bool:
    """Whether two JSON forms mean different values: "0", which a rule wrote, is the "0.00" of its column."""
    if one == other or one is None or other is None:
        return one is not other and one != other
    try:
        return bool(field.clean(one) != field.clean(other))
    except FieldError:
        return True


def present_json(occasion: Occasion, record: UUID, keys: Sequence[str]) -> dict[str, Any]:
    """The JSON values that the record has now."""
    row = visible(occasion.actor, occasion.declaration.key).get(record)
    linked = links.read(occasion.declaration, [record])[record]
    present: dict[str, Any] = {}
    for key in keys:
        field = occasion.declaration.fields[key]
        value = linked[key] if field.stored_elsewhere else field.get(row)
        present[key] = None if value is None or value == [] else field.to_json(value)
    return present


def _remove(occasion: Occasion, change: Change) -> Outcome:
    return removal.delete(occasion, [change.record])[0]


def _return(occasion: Occasion, change: Change) -> Outcome:
    deleted(occasion.actor, change.object).get(change.record)
    return removal.restore(occasion, [change.record])[0]


_REVERSE = {"changed": _change_back, "created": _remove, "restored": _remove, "deleted": _return}


def undo_batch(
    actor: Actor, batch: UUID, via: str, step: int = 500, between: Callable[[], None] = lambda: None
) -> Undone:
    """Takes back all changes of a batch, newest first, in transactions of `step` changes; what others have
    changed since is kept. Calling it again goes on where it stopped. `between` is called before each
    transaction and may raise to stop."""
    result = Undone()
    below: UUID | None = None
    while rows := _slice(batch, below, step):
        between()
        below = rows[-1].pk
        with transaction.atomic():
            for (object_key, verb), group in groupby(rows, key=lambda change: (change.object, change.verb)):
                if verb == "created" and object_key in registry:
                    _try_to_remove(actor, list(group), via, result)
                else:
                    for change in group:
                        _try(actor, change, via, result)
    return result


def _slice(batch: UUID, below: UUID | None, step: int) -> list[Change]:
    rows = Change.objects.filter(batch=batch, undone_by=None, undo_of=None).order_by("-id")
    return list((rows.filter(id__lt=below) if below else rows)[:step])


def _try(actor: Actor, change: Change, via: str, result: Undone) -> None:
    try:
        undo(actor, change, via)
    except (Conflict, Invalid, Missing, Refused):
        result.kept += 1
    else:
        result.undone += 1


def _try_to_remove(actor: Actor, changes: Sequence[Change], via: str, result: Undone) -> None:
    """Removes what the batch made, all at once; records that somebody has worked on since stay."""
    touched = _touched_since(changes)
    due = [change for change in changes if change.record not in touched]
    occasion = Occasion(actor, registry.get(changes[0].object), via)
    outcomes = removal.delete(occasion, [change.record for change in due], {c.record: c.pk for c in due})
    for change, outcome in zip(due, outcomes, strict=True):
        change.undone_by = outcome.change.pk if outcome.change else None
    undone = [change for change in due if change.undone_by]
    Change.objects.bulk_update(undone, ["undone_by"])
    result.undone += len(undone)
    result.kept += len(changes) - len(undone)


def _touched_since(changes: Sequence[Change]) -> set[UUID]:
    """Records with a later change that is neither of the same batch nor taken back."""
    made = {change.record: change.pk for change in changes}
    later = Change.objects.filter(record__in=made, undo_of=None, undone_by=None).exclude(
        batch__isnull=False, batch=changes[0].batch
    )
    return {record for record, key in later.values_list("record", "id") if key > made[record]}
