"""Which roll-ups a change concerns, and their refresh after each commit."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from aperto.kernel.changes import outbox
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.reach import table
from aperto.kernel.rollups.refresh import refresh, roll_ups
from aperto.kernel.rollups.source import links, names, pointer

APPEARED = ("created", "restored")
STAMPS = frozenset({"updated_at", "updated_by", "version", "title"})  # every write may change them


@outbox.subscribe("kernel.roll_ups")
def follow(changes: Sequence[Change]) -> None:
    for declaration, field in roll_ups():
        appeared = {
            each.record for each in changes if each.object == declaration.key and each.verb in APPEARED
        }
        refresh(declaration, field, appeared | concerned(declaration, field, changes))


def concerned(declaration: ObjectType, field: RollUp, changes: Sequence[Change]) -> set[UUID]:
    """The records whose roll-up the changes may have altered: those once and now pointed at."""
    watched = watches(field)
    touching = [
        each
        for each in changes
        if each.object == field.of and (each.verb != "changed" or watched is None or watched & set(each.diff))
    ]
    if not touching:
        return set()
    by = pointer(field)
    said = (raw for each in touching for raw in each.diff.get(by.key, ()))
    return _named(by, said, declaration.key) | present(field, {each.record for each in touching})


def watches(field: RollUp) -> frozenset[str] | None:
    """The fields whose change can alter the roll-up; None for any."""
    fields, named = registry.get(field.of).fields, names(field)
    if named & STAMPS or any(_is_formula(fields.get(key)) for key in named):
        return None
    return frozenset(named)


def _is_formula(field: Field | None) -> bool:
    return field is not None and field.derived


def _named(by: Field, raws: Iterable[object], object_key: str) -> set[UUID]:
    """The records that values in the history name."""
    found: set[UUID] = set()
    for raw in raws:
        try:
            value = by.clean(raw)
        except FieldError:
            continue  # what the field once pointed at is no object of it any more
        found |= {key for target, key in by.references(value) if target == object_key}
    return found


def present(field: RollUp, records: set[UUID]) -> set[UUID]:
    """What these records point at now, also from the recycle bin."""
    by = pointer(field)
    if by.stored_elsewhere:
        rows = links(field).filter(left__in=records).values_list("right", flat=True)
        return set(rows)
    held = table(registry.get(field.of)).filter(pk__in=records).annotate(rolled_to=by.sql())
    found = (key for key in held.values_list("rolled_to", flat=True) if key)
    return {key if isinstance(key, UUID) else UUID(key) for key in found}
