"""The row of history that every write leaves, and its line in the record's timeline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from aperto.kernel.changes.blank import blank
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.changes.models import Change, Timeline
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.ids import uuid7, uuid7_at
from aperto.kernel.objects.record import Record
from aperto.kernel.query.engines.bulk import insert, insert_values

LINE = ("id", "object", "record", "moment", "kind", "reference_object", "reference", "summary")
# What every write changes; history says it by its own columns.
SILENT = frozenset({"updated_at", "updated_by", "created_at", "created_by", "version", "title", "deleted_at",
                    FILLED})  # fmt: skip


def diff(work: Work) -> dict[str, list[Any]]:
    """{field: [old, new]} in JSON form, of the fields that differ."""
    fields = work.occasion.declaration.fields
    changed: dict[str, list[Any]] = {}
    for key, value in work.values.items():
        if key in SILENT or (value is None and work.created):
            continue
        old, new = _json(fields[key], work.before.get(key)), _json(fields[key], value)
        if old != new:
            changed[key] = [old, new]
    return changed


def _json(field: Field, value: Any) -> Any:
    return None if value is None or value == [] else field.to_json(value)


def change_of(
    occasion: Occasion,
    record: Record,
    verb: str,
    at: datetime,
    difference: dict[str, list[Any]],
    *,
    past: bool = False,
) -> Change:
    """`past` is a change that happened before it was written here: its key sorts at its own time."""
    return blank(
        Change,
        id=uuid7_at(at) if past else uuid7(),
        object=occasion.declaration.key,
        record=record.pk,
        verb=verb,
        at=at,
        actor=occasion.actor.user_id,
        actor_name=occasion.actor.name[:200],
        via=occasion.via,
        diff=difference,
        version=record.version,
        batch=occasion.batch,
        undo_of=occasion.undo_of,
    )


def keep(occasion: Occasion, changes: Sequence[Change]) -> None:
    insert(changes)
    lines = [
        (uuid7(), change.object, change.record, change.at, "change", change.object, change.id, change.verb)
        for change in changes
    ]
    insert_values(Timeline, LINE, lines)


def of_record(record: UUID, before: UUID | None = None, limit: int = 50) -> list[Change]:
    """The changes of a record, newest first; the caller has shown that the actor may see the record."""
    rows = Change.objects.filter(record=record).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows[:limit])
