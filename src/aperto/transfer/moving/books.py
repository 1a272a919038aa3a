"""What came already, by its name in the source: kept in the database, at hand beside the laid-down source."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from aperto.transfer.moving.models import Migration, MovedRow, moved
from aperto.transfer.sources.spool import Spool

TABLE = """CREATE TABLE IF NOT EXISTS _moved
           (name TEXT PRIMARY KEY, object TEXT, record TEXT, digest TEXT) WITHOUT ROWID"""
PART = 5_000


@dataclass(frozen=True)
class Came:
    """One row that came: what it is here."""

    name: str
    object: str
    record: UUID
    digest: str = ""


class Books:
    """The names of one origin."""

    def __init__(self, spool: Spool, migration: Migration) -> None:
        self.spool, self.migration = spool, migration
        spool.run(TABLE, [()])
        held = moved().filter(origin=migration.origin).values_list("name", "object", "record", "digest")
        self._put(Came(*row) for row in held.iterator(chunk_size=PART))

    def _put(self, rows: Iterable[Came]) -> None:
        self.spool.run(
            "INSERT OR REPLACE INTO _moved VALUES (?, ?, ?, ?)",
            ((each.name, each.object, each.record.hex, each.digest) for each in rows),
        )

    def find(self, names: Iterable[str]) -> dict[str, Came]:
        """Those of the names that came, in one statement."""
        wanted = json.dumps(list(dict.fromkeys(names)))
        rows = self.spool.select(
            "SELECT * FROM _moved WHERE name IN (SELECT value FROM json_each(?))", wanted
        )
        return {
            name: Came(name, object_key or "", UUID(record or ""), digest or "")
            for name, object_key, record, digest in rows
            if name
        }

    def keep(self, rows: Sequence[Came]) -> None:
        """Remembers them, in the transaction in which they were written."""
        made = [
            MovedRow(
                origin=self.migration.origin,
                name=each.name,
                object=each.object,
                record=each.record,
                digest=each.digest,
                migration=self.migration.pk,
            )
            for each in rows
        ]
        self._forget_turned(rows)
        moved().bulk_create(
            made, update_conflicts=True, unique_fields=["origin", "name"], update_fields=["digest"]
        )
        self._put(rows)

    def _forget_turned(self, rows: Sequence[Came]) -> None:
        """Of a row that came as another object before, only what it is now is remembered."""
        held = self.find(each.name for each in rows)
        turned = [each.name for each in rows if each.name in held and held[each.name].record != each.record]
        if turned:
            moved().filter(origin=self.migration.origin, name__in=turned).delete()
