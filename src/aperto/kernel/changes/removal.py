"""Into the recycle bin and out of it, and at last away."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import rules
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import activity, history, keys
from aperto.kernel.changes.draft import Draft, Occasion, Outcome, Work
from aperto.kernel.changes.models import Change, UniqueValue
from aperto.kernel.changes.write import locked
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.query import search


def delete(
    occasion: Occasion, records: Sequence[UUID], undoes: Mapping[UUID, UUID] | None = None
) -> list[Outcome]:
    """Moves the records to the recycle bin; links and history stay for their return. `undoes` names, by
    record, the change that is taken back by it."""
    return _move(occasion, records, False, undoes or {})


def restore(occasion: Occasion, records: Sequence[UUID]) -> list[Outcome]:
    """Brings the records back, unless another one holds their unique value meanwhile."""
    return _move(occasion, records, True, {})


def _move(
    occasion: Occasion, records: Sequence[UUID], deleted: bool, undoes: Mapping[UUID, UUID]
) -> list[Outcome]:
    with transaction.atomic():
        rows = {row.pk: row for row in locked(occasion.declaration, records, deleted)}
        works = _works(occasion, records, rows)
        for work in works:
            if deleted:
                _check_return(work)
            elif work.refusal is None:
                for rule in occasion.declaration.leaving:
                    rule(work)
        moved = [work.record for work in works if work.failure is None]
        changes = _carry_out(occasion, moved, deleted, undoes)
    return [
        Outcome(error=work.failure) if work.failure else Outcome(work.record, changes[work.record.pk])
        for work in works
    ]


def _works(occasion: Occasion, records: Sequence[UUID], rows: Mapping[UUID, Record]) -> list[Work]:
    actor, declaration = occasion.actor, occasion.declaration
    owned = [Owned.of(row) for row in rows.values()]
    seen = rules.allowed(actor, declaration, Verb.READ, owned)
    reached = rules.allowed(actor, declaration, Verb.DELETE, owned)
    works = []
    for key in records:
        work = Work(occasion, Draft({}), rows.get(key) or declaration.model(id=key), created=False)
        if key not in seen:
            work.refusal = Missing(key)
        elif key not in reached:
            work.refusal = Refused(Verb.DELETE)
        works.append(work)
    return works


def _check_return(work: Work) -> None:
    if work.refusal is not None:
        return
    declaration = work.occasion.declaration
    for field in declaration.fields.values():
        forms = field.match_keys(field.get(work.record)) if field.unique else ()
        hashes = [keys.hash_of(form) for form in forms]
        if UniqueValue.objects.filter(object=declaration.key, field=field.key, hash__in=hashes).exists():
            work.refuse(field.key, _("Another record has this value already."))


def _carry_out(
    occasion: Occasion, records: list[Record], returning: bool, undoes: Mapping[UUID, UUID]
) -> dict[UUID, Change]:
    now, declaration = datetime.now(UTC), occasion.declaration
    writer = occasion.actor.user_id
    for record in records:
        record.deleted_at, record.updated_at = (None if returning else now), now
        record.version += 1
        declaration.fields["updated_by"].set(record, writer and Ref("user", writer))
    declaration.model.objects.filter(pk__in=[record.pk for record in records]).update(
        deleted_at=None if returning else now, updated_at=now, updated_by=writer, version=F("version") + 1
    )
    if returning:
        keys.remember_all(declaration, records)
        search.index(declaration, records)
    else:
        keys.forget_all(declaration, records)
        search.forget(declaration, [record.pk for record in records])
    activity.sync(declaration, records, gone=not returning)
    verb = "restored" if returning else "deleted"
    changes = [history.change_of(occasion, record, verb, now, {}) for record in records]
    for change in changes:
        change.undo_of = undoes.get(change.record, change.undo_of)
    history.keep(occasion, changes)
    occasion.follow(records)
    return {change.record: change for change in changes}


def first_error(outcomes: Sequence[Outcome]) -> None:
    """Raises what refused the first refused record; for verbs on one record."""
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
