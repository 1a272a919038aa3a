"""Where a source is laid down while it moves in: an SQLite file, so that joins need no memory.

Everything is text, as the source wrote it, whichever way it was read: a dump and the database that it was
made of give the same rows.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aperto.transfer.sources.literals import Cell

UNKNOWN_COLUMN = re.compile(r"no such column: \"?(\w+)\"?\.\"?([^\"]+)\"?$")
UNKNOWN_TABLE = re.compile(r"no such table: (\S+)")
STEP = 2_000


@dataclass
class Table:
    """A table of the source: `columns` are its names with the types that the source says."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    rows: int = 0


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Spool:
    """The tables of one source."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536", "temp_store = FILE"):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.execute("BEGIN")
        self.tables: dict[str, Table] = {}
        self.problems: list[str] = []

    def close(self) -> None:
        self.database.close()

    # -- laying down ---------------------------------------------------------------------------------

    def declare(self, name: str, columns: dict[str, str]) -> Table:
        """The table with at least these columns; a second declaration adds what it does not have yet."""
        held = self.tables.get(name)
        if held is None:
            held = self.tables[name] = Table(name, dict(columns))
            cells = ", ".join(f"{quoted(each)} TEXT" for each in columns or {"id": ""})
            self.database.execute(f"CREATE TABLE {quoted(name)} ({cells})")
        for each, kind in columns.items():
            if each.lower() not in {present.lower() for present in held.columns}:
                held.columns[each] = kind
                self.database.execute(f"ALTER TABLE {quoted(name)} ADD COLUMN {quoted(each)} TEXT")
        return held

    def add(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows of a table whose columns are in this order."""
        table = self.declare(name, dict.fromkeys(columns, ""))
        names = ", ".join(map(quoted, columns))
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})"
        try:
            self.database.executemany(statement, rows)
        except UnicodeEncodeError:
            self.database.executemany(statement, [[sound(each) for each in row] for row in rows])
        table.rows += len(rows)

    # -- reading -------------------------------------------------------------------------------------

    def has(self, *names: str) -> bool:
        return all(name in self.tables for name in names)

    def count(self, name: str) -> int:
        return self.tables[name].rows if name in self.tables else 0

    def select(self, statement: str, *given: Cell) -> Iterator[tuple[Cell, ...]]:
        """The rows of a statement of ours. Versions differ: a column or a table that the source does not
        have is empty, not an error."""
        cursor = self._execute(statement, given)
        while rows := cursor.fetchmany(STEP):
            yield from rows

    def columns_of(self, statement: str) -> list[str]:
        cursor = self._execute(f"SELECT * FROM ({statement}) LIMIT 0", ())
        return [column[0] for column in cursor.description]

    def one(self, statement: str, *given: Cell) -> Cell:
        row = next(self.select(statement, *given), None)
        return None if row is None else row[0]

    def number(self, statement: str, *given: Cell) -> int:
        return int(self.one(statement, *given) or 0)

    def index(self, table: str, *columns: str) -> None:
        """Makes look-ups by these columns fast; nothing when the source has no such table or column."""
        held = self.tables.get(table)
        if held and {each.lower() for each in columns} <= {each.lower() for each in held.columns}:
            name = quoted("_".join(["by", table, *columns]))
            cells = ", ".join(map(quoted, columns))
            self.database.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {quoted(table)} ({cells})")

    def run(self, statement: str, rows: Iterable[Sequence[Cell]]) -> None:
        """A statement of our own books beside the tables of the source."""
        self.database.executemany(statement, rows)

    def _execute(self, statement: str, given: Sequence[Cell]) -> sqlite3.Cursor:
        while True:
            try:
                return self.database.execute(statement, given)
            except sqlite3.OperationalError as error:
                if not self._fill_in(str(error), statement):
                    raise

    def _fill_in(self, said: str, statement: str) -> bool:
        """An empty column or table where the source has none."""
        if missing := UNKNOWN_TABLE.match(said):
            self.database.execute(f"CREATE TABLE {quoted(missing[1])} (id TEXT)")
            return True
        column = UNKNOWN_COLUMN.match(said)
        if column is None:
            return False
        named = re.findall(rf"(?:FROM|JOIN)\s+\"?(\w+)\"?\s+(?:AS\s+)?{column[1]}\b", statement) or [
            column[1]
        ]
        lacking = [table for table in dict.fromkeys(named) if column[2] not in self._present(table)]
        for table in lacking:
            self.database.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column[2])} TEXT")
        return bool(lacking)

    def _present(self, table: str) -> set[str]:
        return {row[1] for row in self.database.execute(f"PRAGMA table_info({quoted(table)})")}


def sound(value: Cell) -> Cell:
    """Text whose bytes were none of the dump's character set is read as Western European."""
    if value is None or value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
