"""SQLite's newest entries, which wait to be brought into its text indexes sixty-four at a time.

One entry alone makes the two indexes write thirty pages while everybody else waits to write. So it is only
noted here; whoever searches looks through those that wait, and the write that brings too many together brings
all of them in. The index of PostgreSQL does the same of its own accord.
"""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

MOST = 64  # entries that wait, and are looked through by each search
MAKE = [
    "CREATE TABLE kernel_search_waiting (entry INTEGER PRIMARY KEY)",
    """
    CREATE TRIGGER kernel_search_added AFTER INSERT ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_waiting (entry) VALUES (new.id);
    END
    """,
    """
    CREATE TRIGGER kernel_search_removed AFTER DELETE ON kernel_search_entry BEGIN
      INSERT INTO kernel_search_trigram (kernel_search_trigram, rowid, title_folded, text, access)
      SELECT 'delete', old.id, old.title_folded, old.text, old.access
      WHERE NOT EXISTS (SELECT 1 FROM kernel_search_waiting WHERE entry = old.id);
      INSERT INTO kernel_search_beginning (kernel_search_beginning, rowid, beginnings)
      SELECT 'delete', old.id, old.beginnings
      WHERE NOT EXISTS (SELECT 1 FROM kernel_search_waiting WHERE entry = old.id);
      DELETE FROM kernel_search_waiting WHERE entry = old.id;
    END
    """,
    """
    CREATE TRIGGER kernel_search_changed AFTER UPDATE ON kernel_search_entry
    WHEN NOT EXISTS (SELECT 1 FROM kernel_search_waiting WHERE entry = old.id)
      AND (old.title_folded <> new.title_folded OR old.text <> new.text OR old.access <> new.access)
    BEGIN
      INSERT INTO kernel_search_trigram (kernel_search_trigram, rowid, title_folded, text, access)
      VALUES ('delete', old.id, old.title_folded, old.text, old.access);
      INSERT INTO kernel_search_trigram (rowid, title_folded, text, access)
      VALUES (new.id, new.title_folded, new.text, new.access);
    END
    """,
    """
    CREATE TRIGGER kernel_search_rebegun AFTER UPDATE ON kernel_search_entry
    WHEN NOT EXISTS (SELECT 1 FROM kernel_search_waiting WHERE entry = old.id)
      AND old.beginnings <> new.beginnings
    BEGIN
      INSERT INTO kernel_search_beginning (kernel_search_beginning, rowid, beginnings)
      VALUES ('delete', old.id, old.beginnings);
      INSERT INTO kernel_search_beginning (rowid, beginnings) VALUES (new.id, new.beginnings);
    END
    """,
]
DROP = [
    *(f"DROP TRIGGER kernel_search_{name}" for name in ("added", "removed", "changed", "rebegun")),
    "DROP TABLE kernel_search_waiting",
]
BRING_IN = [
    f"""
    INSERT INTO {index} (rowid, {columns}) SELECT id, {columns} FROM kernel_search_entry
    WHERE id IN (SELECT entry FROM kernel_search_waiting) ORDER BY id
    """  # noqa: S608 - our own text
    for index, columns in (
        ("kernel_search_trigram", "title_folded, text, access"),
        ("kernel_search_beginning", "beginnings"),
    )
] + ["DELETE FROM kernel_search_waiting"]
# No join: SQLite would first read all entries to make a filter of their keys.
ALSO = """
UNION ALL
SELECT entry.object, entry.record, entry.title, entry.title_folded, entry.text
FROM kernel_search_entry AS entry
WHERE id IN (SELECT entry FROM kernel_search_waiting) AND ({reached}) AND {held}
"""


def are_many(stored: Sequence[tuple[int]]) -> bool:
    """Whether it is for this write to bring in: keys are counted up, so one in so many is such a key."""
    return any(key % MOST == 0 for (key,) in stored)


def bring_in(cursor: CursorWrapper) -> None:
    """All that wait, in the order of their keys: out of it FTS5 would write after each."""
    for statement in BRING_IN:
        cursor.execute(statement)
