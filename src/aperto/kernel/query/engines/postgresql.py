"""PostgreSQL: it knows about how many rows a condition leaves, and its text index is a GIN of numbers.

Each search entry has `tokens`: hashes of its trigrams, of the whole words of its title, of its owner and
of its team, each mixed with its object. "Of this team and with these words" is then one intersection of
short lists, where pg_trgm would read the long lists of all objects and teams.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection

from aperto.kernel.query.engines.engine import Engine, Entry, Found, Question, Rows
from aperto.kernel.query.engines.trigrams import covering, trigrams

SHORT_LIST = 2_000  # titles that are looked through for a beginning that many share
GATHERED = 300  # entries of which the newest are taken
WORD = re.compile(r"[^\W\d_]{3,}")

STORE = """
INSERT INTO kernel_search_entry
  (object, record, title, title_folded, text, access, owner, team, updated_at, tokens)
SELECT object, record, title, title_folded, text, access, owner, team, updated_at, tokens::integer[]
FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid[],
            %s::timestamptz[], %s::text[])
  AS given (object, record, title, title_folded, text, access, owner, team, updated_at, tokens)
ON CONFLICT (record) DO UPDATE SET title = excluded.title, title_folded = excluded.title_folded,
  text = excluded.text, access = excluded.access, owner = excluded.owner, team = excluded.team,
  updated_at = excluded.updated_at, tokens = excluded.tokens
"""
MATCHED = """
(SELECT object, record, title, title_folded, text FROM (
   SELECT * FROM kernel_search_entry AS entry WHERE {tokens} AND object = %s AND {reached} AND {held}
   LIMIT {gathered}) AS gathered
 ORDER BY id DESC LIMIT %s)
"""
BEGUN = """
(SELECT object, record, title, title_folded, text FROM (
   SELECT * FROM kernel_search_entry
   WHERE object = %s AND title_folded LIKE %s ORDER BY title_folded USING ~<~ LIMIT %s) AS entry
 WHERE {reached} LIMIT %s)
"""


class PostgreSQL(Engine):
    vendor = "postgresql"
    merges_ranges = False

    def estimate(self, rows: Rows, floor: int) -> int:
        """What the planner expects."""
        answer = rows.values("pk").explain(format="json")
        plan = json.loads(answer) if isinstance(answer, str) else answer
        return max(floor + 1, int(plan[0]["Plan"]["Plan Rows"]))

    # -- search --------------------------------------------------------------------------------------

    def search_index(self) -> list[str]:
        return [
            "ALTER TABLE kernel_search_entry ADD COLUMN tokens integer[] NOT NULL DEFAULT '{}'",
            "CREATE INDEX search_entry_tokens ON kernel_search_entry USING gin (tokens)"
            " WITH (gin_pending_list_limit = 512)",
            "CREATE INDEX search_entry_beginning ON kernel_search_entry"
            " (object, title_folded text_pattern_ops)",
        ]

    def no_search_index(self) -> list[str]:
        return [
            "DROP INDEX search_entry_beginning",
            "ALTER TABLE kernel_search_entry DROP COLUMN tokens",
        ]

    def store_entries(self, entries: Sequence[Entry]) -> None:
        columns = [list(column) for column in zip(*entries, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(STORE, [*columns, [_listed(_tokens(entry)) for entry in entries]])

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM kernel_search_word WHERE word = ANY(%s)", [list(words)])
            known = {word for (word,) in cursor.fetchall()}
        return [word for word in words if word not in known]

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
            cursor.execute(*_matched(question, limit, gathered=limit))
            return [row[1] for row in cursor.fetchall()]


# -- tokens ------------------------------------------------------------------------------------------


def _tokens(entry: Entry) -> set[int]:
    texts = trigrams(entry.title_folded) | trigrams(entry.text)
    words = (_word(word) for word in WORD.findall(entry.title_folded))
    owner = [_owner(entry.owner)] if entry.owner else []
    team = [_team(entry.team)] if entry.team else []
    return _hashed(entry.object, [*texts, *words, *owner, *team])


def _hashed(object_key: str, texts: Iterable[str]) -> set[int]:
    """Numbers of 32 bits with a sign, other ones for each object."""
    seed = crc32(object_key.encode())
    return {crc32(text.encode(), seed) - 0x8000_0000 for text in texts}


def _word(word: str) -> str:
    return f"word {word}"


def _owner(key: UUID) -> str:
    return f"owner {key.hex}"


def _team(key: UUID) -> str:
    return f"team {key.hex}"


def _listed(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


# -- statements --------------------------------------------------------------------------------------


def _matched(question: Question, limit: int, gathered: int = GATHERED) -> tuple[str, list[Any]]:
    tokens, wanted = _wanted(question)
    reached, values = _reached(question)
    held, patterns = _held(question)
    sql = MATCHED.format(tokens=tokens, reached=reached, held=held, gathered=gathered)
    return sql, [*wanted, question.object, *values, *patterns, limit]


def _wanted(question: Question) -> tuple[str, list[str]]:
    """Which tokens an answer has: all of some, and of each other list at least one."""
    every: list[str] = []
    lists: list[list[str]] = []
    for spellings in question.words:
        if len(spellings) == 1:
            every += covering(spellings[0])
        else:
            lists.append([_word(spelling.strip()) for spelling in spellings])
    if not question.everything:
        owners = [_owner(question.owner)] if question.owner else []
        lists.append([*owners, *map(_team, question.teams)])
    conditions = [*(["tokens @> %s::integer[]"] if every else []), *["tokens && %s::integer[]"] * len(lists)]
    wanted = [_listed(_hashed(question.object, each)) for each in ([every] if every else []) + lists]
    return " AND ".join(conditions), wanted


def _held(question: Question) -> tuple[str, list[str]]:
    """That the entry holds the words as they were typed, and not only their trigrams."""
    places = ["title_folded"] if question.in_title else ["title_folded", "text"]
    conditions, values = [], []
    for spellings in question.words:
        either = [f"strpos({place}, %s) > 0" for _spelling in spellings for place in places]
        conditions.append(f"({' OR '.join(either)})")
        values += [spelling for spelling in spellings for _place in places]
    return " AND ".join(conditions), values


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
