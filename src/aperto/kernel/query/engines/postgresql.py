"""PostgreSQL, which knows about how many rows a condition leaves, and indexes trigrams by pg_trgm."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from aperto.kernel.query.engines.engine import Engine, Entry, Found, Question, Rows

SHORT_LIST = 2_000

STORE = """
INSERT INTO kernel_search_entry (object, record, title, title_folded, text, access, owner, team, updated_at)
SELECT * FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[],
                     %s::uuid[], %s::uuid[], %s::timestamptz[])
ON CONFLICT (record) DO UPDATE SET title = excluded.title, title_folded = excluded.title_folded,
  text = excluded.text, access = excluded.access, owner = excluded.owner, team = excluded.team,
  updated_at = excluded.updated_at
"""
MATCHED = """
(SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
 FROM kernel_search_entry AS entry
 WHERE entry.object = %s AND {reached} {words} {order} LIMIT %s)
"""
BEGUN = """
(SELECT object, record, title, title_folded, text FROM (
   SELECT * FROM kernel_search_entry
   WHERE object = %s AND title_folded LIKE %s ORDER BY title_folded USING ~<~ LIMIT %s) AS entry
 WHERE {reached} LIMIT %s)
"""
WHOLE = "(title_folded || text)"


class PostgreSQL(Engine):
    vendor = "postgresql"

    def estimate(self, rows: Rows, floor: int) -> int:
        """What the planner expects."""
        answer = rows.values("pk").explain(format="json")
        plan = json.loads(answer) if isinstance(answer, str) else answer
        return max(floor + 1, int(plan[0]["Plan"]["Plan Rows"]))

    # -- search --------------------------------------------------------------------------------------

    def search_index(self) -> list[str]:
        return [
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            f"CREATE INDEX search_entry_trigram ON kernel_search_entry USING gin ({WHOLE} gin_trgm_ops)"
            " WITH (gin_pending_list_limit = 1024)",
            "CREATE INDEX search_entry_beginning ON kernel_search_entry"
            " (object, title_folded text_pattern_ops)",
            "CREATE INDEX search_entry_newest ON kernel_search_entry (object, id DESC)",
        ]

    def no_search_index(self) -> list[str]:
        return [f"DROP INDEX search_entry_{name}" for name in ("trigram", "beginning", "newest")]

    def store_entries(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(STORE, [list(column) for column in zip(*entries, strict=True)])

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM unnest(%s::text[]) WITH ORDINALITY AS given (word, place)"
                " WHERE word NOT IN (SELECT word FROM kernel_search_word WHERE word = ANY(%s)) ORDER BY place",
                [list(words), list(words)],
            )
            return [word for (word,) in cursor.fetchall()]

    def store_words(self, words: Sequence[str], deletions: Sequence[tuple[str, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO kernel_search_word (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
                [list(words)],
            )
            cursor.execute(
                "INSERT INTO kernel_search_deletion (deletion, word)"
                " SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING",
                [list(column) for column in zip(*deletions, strict=True)],
            )

    def search(self, questions: Sequence[Question], limit: int) -> list[Found]:
        parts, parameters = [], []
        for question in questions:
            sql, values = _begun(question, limit) if question.beginning else _matched(question, limit)
            parts.append(sql)
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return [Found(*row) for row in cursor.fetchall()]

    def containing(self, question: Question, limit: int) -> list[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(*_matched(question, limit, order=""))
            return [row[1] for row in cursor.fetchall()]


def _matched(question: Question, limit: int, order: str = "ORDER BY entry.id DESC") -> tuple[str, list[Any]]:
    reached, values = _reached(question)
    words, patterns = [], []
    for spellings in question.words:
        places = [WHOLE, "title_folded"] if question.in_title else [WHOLE]
        for place in places:
            words.append(f"AND ({' OR '.join([f'{place} LIKE %s'] * len(spellings))})")
            patterns += [f"%{_escaped(spelling)}%" for spelling in spellings]
    sql = MATCHED.format(reached=reached, words=" ".join(words), order=order)
    return sql, [question.object, *values, *patterns, limit]


def _begun(question: Question, limit: int) -> tuple[str, list[Any]]:
    reached, values = _reached(question)
    sql = BEGUN.format(reached=reached)
    return sql, [question.object, f"{_escaped(question.beginning)}%", SHORT_LIST, *values, limit]


def _reached(question: Question) -> tuple[str, list[Any]]:
    """The rule of access, on the entry's own columns."""
    if question.everything:
        return "TRUE", []
    return "(entry.owner = %s OR entry.team = ANY(%s::uuid[]))", [question.owner, list(question.teams)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
