"""The rows of one `Take` become records, some hundred at a time: a chunk and its books in one transaction."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import Draft, Outcome, Past
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.files import keep
from aperto.kernel.ids import uuid7, uuid7_at
from aperto.kernel.objects.registry import registry
from aperto.transfer.moving.account import Line
from aperto.transfer.moving.books import Books, Came
from aperto.transfer.moving.files import Storeroom
from aperto.transfer.moving.mapping import Take
from aperto.transfer.moving.statement import HEAD, rows_of
from aperto.transfer.moving.values import POINTING, Reading, Values
from aperto.transfer.sources.literals import Cell
from aperto.transfer.sources.spool import Spool

VIA = "migrate"
CHUNK = 500
DELETED = "deleted over there"
NO_FILE = "its file is not in the folder that --files names"
DELETED_HERE = "deleted here since it came"
Told = Callable[[int, str], None]


@dataclass
class Moving:
    """One row on its way."""

    name: str
    digest: str
    head: dict[str, Cell]
    raw: dict[str, Cell]
    came: Came | None = None
    record: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)
    past: Past | None = None


class Carrier:
    """Carries rows from the spool into the database, in the name of one person."""

    def __init__(
        self, actor: Actor, spool: Spool, books: Books, reading: Reading, bin: bool, files: Storeroom
    ) -> None:
        self.actor, self.spool, self.books, self.reading, self.bin = actor, spool, books, reading, bin
        self.files = files
        self.batch = books.migration.batch

    def carry(self, take: Take, line: Line, told: Told) -> None:
        self.take, self.line = take, line
        self.declaration = registry.get(take.object)
        self.values = Values(self.reading, self.declaration, frozenset(take.html))
        fields = self.declaration.fields
        own = {key for key in take.fields if take.object in getattr(fields[key], "to", ())}
        self.later = {key for key in own if fields[key].kind == "reference"}
        self.content = next((key for key in take.fields if fields[key].kind == "file"), "")
        self.pointing = [key for key in take.fields if fields[key].kind in POINTING]
        before = line.made
        for rows in batched(self._rows(), CHUNK):
            with transaction.atomic():
                self._chunk(rows)
            told(line.made + line.merged + line.left.total(), take.table)
        if self.later and line.made > before:
            for rows in batched(self._rows(), CHUNK):
                with transaction.atomic():
                    self._point_back(rows)

    def _rows(self) -> Iterator[Moving]:
        table, keys, head = self.take.table, list(self.take.fields), len(HEAD)
        for row in self.spool.select(rows_of(self.take)):
            digest = sha1(json.dumps(row).encode(), usedforsecurity=False).hexdigest()
            yield Moving(
                f"{table}:{row[0]}",
                digest,
                dict(zip(HEAD, row, strict=False)),
                dict(zip(keys, row[head:], strict=True)),
            )

    def _chunk(self, rows: Sequence[Moving]) -> None:
        known = self._known(rows)
        due = []
        for row in rows:
            row.came = self._before(row, known)
            if (end := self._end(row)) is None:
                due.append(row)
                self._read(row, known)
                if self.content:
                    self._store(row)
            elif end:
                self.line.left[end] += 1
        self._write(due)

    def _before(self, row: Moving, known: dict[str, Came]) -> Came | None:
        """What the row became when it came before. A lead that has become an opportunity over there since is
        another object: it is made as that, and the lead stays, as one does that is converted here."""
        came = known.get(row.name)
        return came if came is not None and came.object == self.take.object else None

    def _end(self, row: Moving) -> str | None:
        """Why the row stays behind; blank when it is as it came before; None when it is to be written."""
        if row.head["_reason"]:
            return row.head["_reason"]
        if not self.bin and str(row.head["_deleted"] or "0") != "0":
            if row.came is not None:
                changes.delete_many(self.actor, row.came.object, [row.came.record], via=VIA, batch=self.batch)
            return DELETED
        if row.came is not None and row.came.digest == row.digest:
            self.line.merged += 1
            return ""
        return NO_FILE if self.content and self._path(row) is None else None

    def _path(self, row: Moving) -> Path | None:
        return self.files.find(row.raw[self.content] or "")

    def _store(self, row: Moving) -> None:
        """The content of a new file; a former one stays, for files there are written once."""
        path, name = self._path(row), row.raw.get("name") or "file"
        if path is not None and row.came is None:
            with path.open("rb") as opened:
                kept = keep(self.actor, opened, self.reading.text(name))
            row.values[self.content] = Ref("stored_file", kept.pk, kept.name)

    def _known(self, rows: Sequence[Moving]) -> dict[str, Came]:
        """What the rows are and what they point at, as far as it came."""
        names: list[str] = []
        for row in rows:
            names.append(row.name)
            names += [row.head[key] or "" for key in ("_made_by", "_changed_by", "_owner")]
            for key in self.pointing:
                raw = row.raw[key]
                if raw:
                    names += json.loads(raw) if raw.startswith("[") else [raw]
        return self.books.find(name for name in names if name)

    # -- reading -------------------------------------------------------------------------------------

    def _read(self, row: Moving, known: dict[str, Came]) -> None:
        refs = {name: (came.object, came.record) for name, came in known.items()}
        raw = {key: value for key, value in row.raw.items() if key not in self.later and key != self.content}
        row.values = self.values.read(raw, refs).values
        owner = known.get(row.head["_owner"] or "")
        row.values["owner"] = Ref("user", owner.record) if owner and owner.object == "user" else None
        row.past = self._past(row, known)
        if row.came is None:
            row.record = uuid7_at(row.past.made_at)
        else:
            row.record = row.came.record
            absent = row.raw.keys() - row.values.keys() - self.later - {self.content}
            row.values |= dict.fromkeys(absent)

    def _past(self, row: Moving, known: dict[str, Came]) -> Past:
        moment = self.reading.moment
        now = datetime.now(UTC)
        made = moment(row.head["_made_at"]) or moment(row.head["_changed_at"]) or now
        changed = max(moment(row.head["_changed_at"]) or made, made)
        authors = [known.get(row.head[key] or "") for key in ("_made_by", "_changed_by")]
        made_by, changed_by = (each.record if each else None for each in authors)
        return Past(min(made, now), made_by, min(changed, now), changed_by or made_by)

    # -- writing -------------------------------------------------------------------------------------

    def _write(self, rows: Sequence[Moving]) -> None:
        done: list[Moving] = []
        waiting = list(rows)
        for _turn in range(3):
            again = []
            for row, outcome in zip(waiting, self._save(waiting), strict=True):
                if outcome.error is None:
                    done.append(row)
                elif self._without(row, outcome.error):
                    again.append(row)
                else:
                    self.line.left[why(outcome.error)] += 1
            waiting = again
        self._count(done)

    def _save(self, rows: Sequence[Moving]) -> list[Outcome]:
        if not rows:
            return []
        drafts = [
            Draft(
                row.values,
                record=row.record if row.came else None,
                id=None if row.came else row.record,
                clean=True,
                past=row.past,
            )
            for row in rows
        ]
        return changes.save_many(self.actor, self.take.object, drafts, via=VIA, batch=self.batch)

    def _without(self, row: Moving, error: Exception) -> bool:
        """The row without the values that a rule refuses, which then stand in its text; False when that
        does not help."""
        if not isinstance(error, Invalid):
            return False
        refused = [key for key in error.errors if row.values.get(key) is not None]
        if not refused or any(self.declaration.fields[key].required for key in refused):
            return False
        rest = []
        for key in refused:
            value = row.raw.get(key) or str(row.values[key])
            self.reading.note(self.declaration, key, value)
            rest.append(f"{self.declaration.fields[key].label}: {value}")
            row.values[key] = None
        place = next((key for key in ("description", "body") if key in self.declaration.fields), None)
        if place:
            row.values[place] = "\n".join(filter(None, [row.values.get(place), *rest]))
        return True

    def _count(self, rows: Sequence[Moving]) -> None:
        gone = []
        for row in rows:
            if row.came is None:
                self.line.made += 1
                self.line.became[self.take.object] += 1
                if str(row.head["_deleted"] or "0") != "0":
                    gone.append(row.record or uuid7())
            else:
                self.line.merged += 1
        self.books.keep(
            [Came(row.name, self.take.object, row.record, row.digest) for row in rows if row.record]
        )
        if gone:
            changes.delete_many(self.actor, self.take.object, gone, via=VIA, batch=self.batch)

    def _point_back(self, rows: Sequence[Moving]) -> None:
        """What points at records of the same object, once all of them are there."""
        with_some = [row for row in rows if any(row.raw[key] for key in self.later)]
        known = self._known(with_some)
        refs = {name: (came.object, came.record) for name, came in known.items()}
        drafts = []
        for row in with_some:
            came = known.get(row.name)
            values = self.values.read({key: row.raw[key] for key in self.later}, refs).values
            if came is not None and values:
                drafts.append(Draft(values, record=came.record, clean=True, past=self._past(row, known)))
        changes.save_many(self.actor, self.take.object, drafts, via=VIA, batch=self.batch)


def why(error: Exception) -> str:
    if isinstance(error, Missing):
        return DELETED_HERE
    return error.text if isinstance(error, Invalid) else str(error) or type(error).__name__
