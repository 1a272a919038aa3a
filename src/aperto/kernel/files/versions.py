"""What a field of a record held before: the history says it, so a version is a change that brought a file.

Nothing is kept twice: a new version is an ordinary write, and bringing one back is another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Missing
from aperto.kernel.files.models import StoredFile

MOST = 200


@dataclass(frozen=True)
class Version:
    """A file that came at a moment; `number` counts from 1, the oldest."""

    number: int
    change: UUID
    file: StoredFile
    at: datetime
    by: str
    current: bool


def versions(record: UUID, key: str) -> list[Version]:
    """Newest first. The caller has shown that the actor may see the record and the field."""
    changes = list(_changes(record, key))
    held = [(change, UUID(str(change.diff[key][1]["id"]))) for change in changes]
    stored = StoredFile.objects.in_bulk({file for _change, file in held})
    known = [(change, stored[file]) for change, file in held if file in stored]
    return [
        Version(len(known) - place, change.pk, file, change.at, change.actor_name, current=place == 0)
        for place, (change, file) in enumerate(known)
    ]


def version(record: UUID, key: str, change: UUID) -> StoredFile:
    """The file that this change brought into this field of this record; Missing otherwise."""
    found = next((each for each in versions(record, key) if each.change == change), None)
    if found is None:
        raise Missing(change)
    return found.file


def once_held(record: UUID, keys: Iterable[str], files: Iterable[UUID]) -> set[UUID]:
    """Those of the files that the history of this record names in one of these fields: whoever may write the
    field may put them back."""
    wanted, found = set(files), set()
    for key in keys:
        for change in _changes(record, key, either=True):
            named = {UUID(str(value["id"])) for value in change.diff[key] if value}
            found |= named & wanted
    return found


def _changes(record: UUID, key: str, *, either: bool = False) -> Iterable[Change]:
    rows = Change.objects.filter(record=record, diff__has_key=key).order_by("-id")[:MOST]
    return (change for change in rows if either or change.diff[key][1])
