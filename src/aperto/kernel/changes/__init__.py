"""The only way to write. Every verb takes an actor and the door it came through (`via`).

Raises: Missing (no such record for this actor), Refused (no right), Invalid (messages by field),
Conflict (somebody else wrote first). After any of them the database is as it was.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import removal
from aperto.kernel.changes.draft import Draft, Occasion, Outcome, Past
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.provenance import Source
from aperto.kernel.changes.undo import Undone, undo, undo_batch
from aperto.kernel.changes.write import write
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry

__all__ = [
    "Draft", "Outcome", "Past", "Undone", "create", "delete", "delete_many", "new_batch", "note", "restore",
    "save", "save_many", "undo", "undo_batch",
]  # fmt: skip


def create(
    actor: Actor,
    object_key: str,
    values: Mapping[str, Any],
    *,
    via: str,
    batch: UUID | None = None,
    source: Source | None = None,
) -> Record:
    """A new record of the object; `source` is the machine that says so."""
    [outcome] = save_many(actor, object_key, [Draft(values, source=source)], via=via, batch=batch)
    if outcome.error is not None or outcome.record is None:
        raise outcome.error or AssertionError("a new record always differs from nothing")
    return outcome.record


def save(
    actor: Actor,
    record: Record,
    values: Mapping[str, Any],
    *,
    via: str,
    if_version: int | None = None,
    strict: bool = False,
    batch: UUID | None = None,
    source: Source | None = None,
) -> Outcome:
    """Changes the named fields. With `if_version`, fields that others changed since conflict; with `strict`
    any newer version does. `Outcome.change` is None when nothing differed."""
    draft = Draft(values, record=record.pk, if_version=if_version, source=source)
    occasion = Occasion(actor, record.declares, via, batch, strict=strict)
    [outcome] = write(occasion, [draft])
    if outcome.error is not None:
        raise outcome.error
    return outcome


def save_many(
    actor: Actor, object_key: str, drafts: Sequence[Draft], *, via: str, batch: UUID | None = None
) -> list[Outcome]:
    """Many drafts of one object in one transaction; a refused draft does not stop the others."""
    return write(Occasion(actor, registry.get(object_key), via, batch), drafts)


def delete(actor: Actor, record: Record, *, via: str, batch: UUID | None = None) -> Change:
    """Moves the record to the recycle bin."""
    return _single(delete_many(actor, record.declares.key, [record.pk], via=via, batch=batch))


def delete_many(
    actor: Actor, object_key: str, records: Sequence[UUID], *, via: str, batch: UUID | None = None
) -> list[Outcome]:
    return removal.delete(Occasion(actor, registry.get(object_key), via, batch), records)


def restore(actor: Actor, object_key: str, record: UUID, *, via: str) -> Change:
    """Brings a record back from the recycle bin."""
    return _single(removal.restore(Occasion(actor, registry.get(object_key), via), [record]))


def _single(outcomes: list[Outcome]) -> Change:
    removal.first_error(outcomes)
    change = outcomes[0].change
    assert change is not None
    return change


def new_batch() -> UUID:
    """The key that ties the changes of one bulk act, so that they can be undone together."""
    return uuid7()


def note(
    actor: Actor,
    object_key: str,
    record: UUID,
    verb: str,
    difference: Mapping[str, list[Any]],
    *,
    via: str,
    batch: UUID | None = None,
) -> Change:
    """History of what is no record of an object (a user, a role, a setting). It is undone with its batch, if
    somebody has said how (`undo.reverses`)."""
    return Change.objects.create(
        object=object_key,
        record=record,
        verb=verb[:12],
        at=datetime.now(UTC),
        actor=actor.user_id,
        actor_name=actor.name[:200],
        via=via,
        diff=dict(difference),
        version=0,
        batch=batch,
    )
