"""SQLite's index of the words that titles are made of, each behind the marks of who may see the title.

"Titles of this team with a word that begins so" is then one short range of one index. In the index of
trigrams the same question walks through all that the team has.
"""

from collections.abc import Sequence
from itertools import product
from uuid import UUID

from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.engine import Question
from aperto.kernel.query.engines.marks import mark

# A text index that keeps no text of its own; triggers keep it in step with the entries.
MAKE = [
    "ALTER TABLE kernel_search_entry ADD COLUMN beginnings TEXT NOT NULL DEFAULT ''",
    """
    CREATE VIRTUAL TABLE kernel_search_beginning
    USING fts5 (beginnings, content='kernel_search_entry', content_rowid='id',
                tokenize='unicode61 remove_diacritics 0')
    """,
    """
    CREATE TRIGGER kernel_search_begun AFTER INSERT ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_beginning (rowid, beginnings) VALUES (new.id, new.beginnings);
    END
    """,
    """
    CREATE TRIGGER kernel_search_unbegun AFTER DELETE ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_beginning (kernel_search_beginning, rowid, beginnings)
      VALUES ('delete', old.id, old.beginnings);
    END
    """,
    """
    CREATE TRIGGER kernel_search_rebegun AFTER UPDATE ON kernel_search_entry
    WHEN old.beginnings <> new.beginnings BEGIN
      INSERT INTO kernel_search_beginning (kernel_search_beginning, rowid, beginnings)
      VALUES ('delete', old.id, old.beginnings);
      INSERT INTO kernel_search_beginning (rowid, beginnings) VALUES (new.id, new.beginnings);
    END
    """,
    "INSERT INTO kernel_search_beginning (kernel_search_beginning) VALUES ('rebuild')",
]
TRIGGERS = ("begun", "unbegun", "rebegun")
DROP = [
    *(f"DROP TRIGGER kernel_search_{name}" for name in TRIGGERS),
    "DROP TABLE kernel_search_beginning",
    "ALTER TABLE kernel_search_entry DROP COLUMN beginnings",
]
OBJECTS = 5  # of so many objects the newest titles are looked through
MATCHED = """
SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
FROM kernel_search_beginning
CROSS JOIN kernel_search_entry AS entry ON entry.id = kernel_search_beginning.rowid
WHERE kernel_search_beginning MATCH %s AND ({reached}) AND {held}
ORDER BY kernel_search_beginning.rowid DESC LIMIT %s
"""


def written(object_key: str, title_folded: str, owner: UUID | None, team: UUID | None) -> str:
    """What the index holds of an entry: each word of its title behind each of its marks."""
    group = _group(object_key)
    found = [mark(group)]
    found += [mark(group, "owner", owner)] if owner else []
    found += [mark(group, "team", team)] if team else []
    words = [word for word in dict.fromkeys(title_folded.split()) if word[0].isalnum()]
    return " ".join(map("".join, product(found, words)))


def _group(object_key: str) -> str:
    """Records and what was done with them are asked for one after the other, so each have marks of their own;
    with marks for every object a question would be many."""
    return "activities" if object_key in registry and registry.get(object_key).activity else "records"


def asked(questions: Sequence[Question]) -> str:
    """Questions of the same words about several objects, in FTS5's language."""
    found = dict.fromkeys(each for question in questions for each in _marks(question))
    return _match(questions[0].words, list(found))


def _marks(question: Question) -> list[str]:
    group = _group(question.object)
    if question.everything:
        return [mark(group)]
    owners = [mark(group, "owner", question.owner)] if question.owner else []
    return [*owners, *(mark(group, "team", team) for team in question.teams)]


def serves(words: Sequence[Sequence[str]]) -> bool:
    """Whether the index knows all that is asked for: spellings of words that begin with a letter or digit."""
    return all(spelling[1:2].isalnum() for spellings in words for spelling in spellings)


def _match(words: Sequence[Sequence[str]], marks: Sequence[str]) -> str:
    """What a person typed stands in quotation marks, doubled inside."""
    each = (
        " OR ".join(f"{_quoted(mark + spelling.strip())} *" for mark, spelling in product(marks, spellings))
        for spellings in words
    )
    return " AND ".join(f"({either})" for either in each)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
