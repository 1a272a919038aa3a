"""SQLite: it keeps no statistics of its own accord, and its text index is an FTS5 table of trigrams."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, connections

from aperto.kernel.query.engines import marks
from aperto.kernel.query.engines.engine import Engine, Entry, Found, Question, Rows
from aperto.kernel.query.engines.trigrams import covering

SAMPLE = 4_000
SHORT_LIST = 2_000  # titles that are looked through for a beginning that many share

# A text index that keeps no text of its own; triggers keep it in step with the entries.
TRIGRAMS = [
    """
    CREATE VIRTUAL TABLE kernel_search_trigram
    USING fts5 (title_folded, text, access,
                content='kernel_search_entry', content_rowid='id', tokenize='trigram')
    """,
    """
    CREATE TRIGGER kernel_search_added AFTER INSERT ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_trigram (rowid, title_folded, text, access)
      VALUES (new.id, new.title_folded, new.text, new.access);
    END
    """,
    """
    CREATE TRIGGER kernel_search_removed AFTER DELETE ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_trigram (kernel_search_trigram, rowid, title_folded, text, access)
      VALUES ('delete', old.id, old.title_folded, old.text, old.access);
    END
    """,
    """
    CREATE TRIGGER kernel_search_changed AFTER UPDATE ON kernel_search_entry
    WHEN old.title_folded <> new.title_folded OR old.text <> new.text OR old.access <> new.access BEGIN
      INSERT INTO kernel_search_trigram (kernel_search_trigram, rowid, title_folded, text, access)
      VALUES ('delete', old.id, old.title_folded, old.text, old.access);
      INSERT INTO kernel_search_trigram (rowid, title_folded, text, access)
      VALUES (new.id, new.title_folded, new.text, new.access);
    END
    """,
    "INSERT INTO kernel_search_trigram (kernel_search_trigram) VALUES ('rebuild')",
]
# One statement for all rows: between two statements FTS5 writes out what it has gathered, which for one
# row at a time costs ten times as much.
STORE = """
INSERT INTO kernel_search_entry (object, record, title, title_folded, text, access, owner, team, updated_at)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
       value ->> 8
FROM json_each(%s) WHERE TRUE
ON CONFLICT (record) DO UPDATE SET title = excluded.title, title_folded = excluded.title_folded,
  text = excluded.text, access = excluded.access, owner = excluded.owner, team = excluded.team,
  updated_at = excluded.updated_at
"""
MATCHED = """
SELECT * FROM (
  SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
  FROM kernel_search_trigram JOIN kernel_search_entry AS entry ON entry.id = kernel_search_trigram.rowid
  WHERE kernel_search_trigram MATCH %s AND entry.object = %s AND {reached} AND {held}
  ORDER BY kernel_search_trigram.rowid DESC LIMIT %s)
"""
BEGUN = """
SELECT * FROM (
  SELECT object, record, title, title_folded, text FROM (
    SELECT * FROM kernel_search_entry
    WHERE object = %s AND title_folded >= %s AND title_folded < %s ORDER BY title_folded LIMIT %s) AS entry
  WHERE {reached} LIMIT %s)
"""


class SQLite(Engine):
    vendor = "sqlite"
    merges_ranges = True

    def refresh_statistics(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 2000")  # a look at each index, not at each row
            cursor.execute("ANALYZE")

    def estimate(self, rows: Rows, floor: int) -> int:
        """The share among rows picked at random: the same each time, so that the number does not flicker."""
        table = rows.model._meta.db_table
        with connections[rows.db].cursor() as cursor:
            cursor.execute(f'SELECT MAX(rowid) FROM "{table}"')  # noqa: S608 - the table of a model
            highest = cursor.fetchone()[0] or 0
        picked = random.Random(highest // 1_000).sample(range(1, highest + 1), min(SAMPLE, highest))  # noqa: S311
        listed = ",".join(map(str, picked))
        hits = rows.extra(where=[f'"{table}".rowid IN ({listed})']).count()  # noqa: S610 - whole numbers of ours
        return max(floor + 1, round(highest * hits / max(len(picked), 1)))

    # -- search --------------------------------------------------------------------------------------

    def search_index(self) -> list[str]:
        return TRIGRAMS

    def no_search_index(self) -> list[str]:
        triggers = [f"DROP TRIGGER kernel_search_{name}" for name in ("added", "removed", "changed")]
        return [*triggers, "DROP TABLE kernel_search_trigram"]

    def store_entries(self, entries: Sequence[Entry]) -> None:
        adapt = connection.ops.adapt_datetimefield_value
        rows = [
            [
                *(entry.object, entry.record.hex, entry.title, entry.title_folded, entry.text, entry.access),
                *(key and key.hex for key in (entry.owner, entry.team)),
                entry.updated_at and adapt(entry.updated_at),
            ]
            for entry in entries
        ]
        with connection.cursor() as cursor:
            cursor.execute(STORE, [orjson.dumps(rows).decode()])

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM json_each(%s) WHERE value NOT IN (SELECT word FROM kernel_search_word)",
                [orjson.dumps(words).decode()],
            )
            return [word for (word,) in cursor.fetchall()]

    def store_words(self, words: Sequence[str], deletions: Sequence[tuple[str, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO kernel_search_word (word) VALUES (%s)", [(word,) for word in words]
            )
            cursor.executemany(
                "INSERT OR IGNORE INTO kernel_search_deletion (deletion, word) VALUES (%s, %s)", deletions
            )

    def search(self, questions: Sequence[Question], limit: int) -> list[Found]:
        parts, parameters = [], []
        for question in questions:
            sql, values = (
                self._begun(question, limit) if question.beginning else self._matched(question, limit)
            )
            parts.append(sql)
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return [Found(row[0], UUID(row[1]), *row[2:]) for row in cursor.fetchall()]

    def containing(self, question: Question, limit: int) -> list[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(*self._matched(question, limit))
            return [UUID(row[1]) for row in cursor.fetchall()]

    def _matched(self, question: Question, limit: int) -> tuple[str, list[Any]]:
        reached, values = _reached(question)
        held, spellings = _held(question)
        sql = MATCHED.format(reached=reached, held=held)
        return sql, [_match(question), question.object, *values, *spellings, limit]

    def _begun(self, question: Question, limit: int) -> tuple[str, list[Any]]:
        reached, values = _reached(question)
        start = question.beginning
        sql = BEGUN.format(reached=reached)
        return sql, [question.object, start, start + "\U0010ffff", SHORT_LIST, *values, limit]


def _reached(question: Question) -> tuple[str, list[str]]:
    """The rule of access, on the entry's own columns."""
    if question.everything:
        return "1", []
    conditions, values = [], []
    if question.owner:
        conditions.append("entry.owner = %s")
        values.append(question.owner.hex)
    if question.teams:
        conditions.append(f"entry.team IN ({', '.join(['%s'] * len(question.teams))})")
        values += [team.hex for team in question.teams]
    return f"({' OR '.join(conditions)})" if conditions else "0", values


def _held(question: Question) -> tuple[str, list[str]]:
    """That the entry holds the words as they were typed, and not only their trigrams."""
    places = ["title_folded"] if question.in_title else ["title_folded", "text"]
    conditions, values = [], []
    for spellings in question.words:
        either = [f"instr(entry.{place}, %s)" for spelling in spellings for place in places]
        conditions.append(f"({' OR '.join(either)})")
        values += [spelling for spelling in spellings for _place in places]
    return " AND ".join(conditions), values


def _match(question: Question) -> str:
    """The question in FTS5's language; what a person typed stands in quotation marks, doubled inside."""
    columns = "title_folded" if question.in_title else "{title_folded text}"
    parts = [f"access : ({' OR '.join(_quoted(mark) for mark in _marks(question))})"]
    for spellings in question.words:
        either = (" AND ".join(_quoted(each) for each in covering(spelling)) for spelling in spellings)
        parts.append(f"{columns} : ({' OR '.join(f'({each})' for each in either)})")
    return " AND ".join(parts)


def _marks(question: Question) -> list[str]:
    if question.everything:
        return [marks.of_object(question.object)]
    owners = [marks.of_owner(question.object, question.owner)] if question.owner else []
    return [*owners, *(marks.of_team(question.object, team) for team in question.teams)]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
