"""SQLite: it keeps no statistics of its own accord, and its text index is an FTS5 table of trigrams."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, connections

from aperto.kernel.query.engines import beginnings, marks, waiting
from aperto.kernel.query.engines.engine import Engine, Entry, Found, Question, Rows
from aperto.kernel.query.engines.trigrams import covering

type Answers = tuple[list[Found], Sequence[Question]]  # and the questions that these answer

SAMPLE = 4_000
NEWEST = (400, 2_000)  # entries that are looked at whoever may see them
SHORT_LIST = 2_000  # titles that are looked through for a beginning that many share

# A text index that keeps no text of its own; triggers keep it in step with the entries. Those of `waiting`
# took their place later.
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
TRIGGERS = ("added", "removed", "changed")
# One statement for all rows: between two statements FTS5 writes out what it has gathered, which for one
# row at a time costs ten times as much.
STORE = """
INSERT INTO kernel_search_entry (object, record, title, title_folded, text, access, owner, team, updated_at,
                                 beginnings)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
       value ->> 8, value ->> 9
FROM json_each(%s) WHERE TRUE
ON CONFLICT (record) DO UPDATE SET title = excluded.title, title_folded = excluded.title_folded,
  text = excluded.text, access = excluded.access, owner = excluded.owner, team = excluded.team,
  updated_at = excluded.updated_at, beginnings = excluded.beginnings
RETURNING id
"""
UNFILLED = """
SELECT id, object, title_folded, owner, team FROM kernel_search_entry WHERE id > %s ORDER BY id LIMIT %s
"""
FILL = """
UPDATE kernel_search_entry SET beginnings = filled.value ->> 1
FROM json_each(%s) AS filled WHERE kernel_search_entry.id = filled.value ->> 0
"""
MATCHED = """
SELECT * FROM (
  SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
  FROM kernel_search_trigram JOIN kernel_search_entry AS entry ON entry.id = kernel_search_trigram.rowid
  WHERE kernel_search_trigram MATCH %s AND entry.object = %s AND {reached} AND {held}
  ORDER BY kernel_search_trigram.rowid DESC LIMIT %s)
"""
AMONG_NEWEST = """
WITH newest AS MATERIALIZED (
  SELECT rowid AS entry FROM kernel_search_trigram WHERE kernel_search_trigram MATCH %s
  ORDER BY rowid DESC LIMIT %s)
SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
FROM newest CROSS JOIN kernel_search_entry AS entry ON entry.id = newest.entry
WHERE ({reached}) AND {held}
{waiting}
UNION ALL SELECT COUNT(*), NULL, NULL, NULL, NULL FROM newest
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
        triggers = [f"DROP TRIGGER kernel_search_{name}" for name in TRIGGERS]
        return [*triggers, "DROP TABLE kernel_search_trigram"]

    def beginning_index(self) -> list[str]:
        return beginnings.MAKE

    def no_beginning_index(self) -> list[str]:
        return beginnings.DROP

    def waiting_entries(self) -> list[str]:
        old = (*TRIGGERS, *beginnings.TRIGGERS)
        return [*(f"DROP TRIGGER kernel_search_{name}" for name in old), *waiting.MAKE]

    def no_waiting_entries(self) -> list[str]:
        return [*waiting.BRING_IN, *waiting.DROP, *TRIGRAMS[1:4], *beginnings.MAKE[2:5]]

    def fill_beginnings(self, after: int, most: int) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute(UNFILLED, [after, most])
            rows = cursor.fetchall()
            filled = [
                [id_, beginnings.written(key, title, owner and UUID(owner), team and UUID(team))]
                for id_, key, title, owner, team in rows
            ]
            cursor.execute(FILL, [orjson.dumps(filled).decode()])
        return rows[-1][0] if rows else None

    def store_entries(self, entries: Sequence[Entry]) -> None:
        adapt = connection.ops.adapt_datetimefield_value
        rows = [
            [
                *(entry.object, entry.record.hex, entry.title, entry.title_folded, entry.text, entry.access),
                *(key and key.hex for key in (entry.owner, entry.team)),
                entry.updated_at and adapt(entry.updated_at),
                beginnings.written(entry.object, entry.title_folded, entry.owner, entry.team),
            ]
            for entry in entries
        ]
        with connection.cursor() as cursor:
            cursor.execute(STORE, [orjson.dumps(rows).decode()])
            if waiting.are_many(cursor.fetchall()):
                waiting.bring_in(cursor)

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
        found: list[Found] = []
        left = list(questions)
        for words in dict.fromkeys(each.words for each in questions if each.words):
            some = [each for each in left if each.words == words]
            answers, done = (
                self._by_words(some, left, limit) if some[0].in_title else self._newest(some, limit)
            )
            found += answers
            left = [each for each in left if each not in done]
        return found + (self._each(left, limit) if left else [])

    def _by_words(self, questions: Sequence[Question], asked: Sequence[Question], limit: int) -> Answers:
        """Titles by the index of their words. Where these are all, what begins a title is among them."""
        if not beginnings.serves(questions[0].words):
            return [], []
        reached, values = _any_reached(questions)
        held, spellings = _held(questions[0])
        newest, also = _waiting(questions)
        sql = f"SELECT * FROM ({beginnings.MATCHED.format(reached=reached, held=held)}) {newest}"  # noqa: S608
        most = limit * beginnings.OBJECTS
        with connection.cursor() as cursor:
            cursor.execute(sql, [beginnings.asked(questions), *values, *spellings, most, *also])
            rows = cursor.fetchall()
        return _found(rows), asked if len(rows) < most else questions

    def _newest(self, questions: Sequence[Question], limit: int) -> Answers:
        """What answers among the newest entries of anybody that hold these words: mostly those are all there
        are, and walking along what somebody may see takes longer."""
        for most in NEWEST:
            sql, values = _newest(questions, most)
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                *rows, (seen, *_rest) = cursor.fetchall()
            if seen < most or len(rows) >= limit // 2:
                return _found(rows), questions
        return [], []

    def _each(self, questions: Sequence[Question], limit: int) -> list[Found]:
        parts, parameters = [], []
        for question in questions:
            sql, values = (
                self._begun(question, limit) if question.beginning else self._matched(question, limit)
            )
            parts.append(sql)
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return _found(cursor.fetchall())

    def containing(self, question: Question, limit: int) -> list[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(*self._matched(question, limit))
            return [UUID(row[1]) for row in cursor.fetchall()][:limit]

    def _matched(self, question: Question, limit: int) -> tuple[str, list[Any]]:
        reached, values = _reached(question)
        held, spellings = _held(question)
        newest, also = _waiting([question])
        sql = MATCHED.format(reached=reached, held=held) + newest
        return sql, [_match(question), question.object, *values, *spellings, limit, *also]

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


def _newest(questions: Sequence[Question], most: int) -> tuple[str, list[Any]]:
    """The questions hold the same words, each about another object."""
    held, spellings = _held(questions[0])
    reached, values = _any_reached(questions)
    newest, also = _waiting(questions)
    sql = AMONG_NEWEST.format(reached=reached, held=held, waiting=newest)
    return sql, [_phrases(questions[0]), most, *values, *spellings, *also]


def _waiting(questions: Sequence[Question]) -> tuple[str, list[str]]:
    """The same questions, asked of the entries that no text index has yet."""
    held, spellings = _held(questions[0])
    reached, values = _any_reached(questions)
    return waiting.ALSO.format(reached=reached, held=held), [*values, *spellings]


def _phrases(question: Question) -> str:
    """Its words as phrases of trigrams, so that of many entries none is there by chance."""
    either = (" OR ".join(_quoted(spelling) for spelling in spellings) for spellings in question.words)
    return " AND ".join(f"{{title_folded text}} : ({each})" for each in either)


def _any_reached(questions: Sequence[Question]) -> tuple[str, list[str]]:
    """The objects of the questions, each cut by its own rule of access."""
    either, values = [], []
    for question in questions:
        reached, keys = _reached(question)
        either.append(f"entry.object = %s AND {reached}")
        values += [question.object, *keys]
    return " OR ".join(either), values


def _found(rows: Sequence[Sequence[Any]]) -> list[Found]:
    return [Found(row[0], UUID(row[1]), *row[2:]) for row in rows]


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
    marks = " OR ".join(_quoted(mark) for mark in _marks(question))
    return f"access : ({marks}) AND {_holding(question)}"


def _holding(question: Question) -> str:
    """Its words alone."""
    columns = "title_folded" if question.in_title else "{title_folded text}"
    parts = []
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
