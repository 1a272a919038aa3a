"""What the database holds, to show that a refusal left it as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, transaction

# What reading may write: counts of tries, when a token was last used, sessions.
FLEETING = {"django_session", "usersessions_usersession", "kernel_cache"}
FLEETING_COLUMNS = {"last_used_at", "last_login", "used_until"}
# Rows that this transaction has written in any table, PostgreSQL's way.
WRITTEN = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
           + pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def digests() -> dict[str, str]:
    """{table: hash of all its rows}."""
    found: dict[str, str] = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in FLEETING:
            continue
        columns = [each.column for each in model._meta.concrete_fields if each.column not in FLEETING_COLUMNS]
        with connection.cursor() as cursor:
            names = ", ".join(connection.ops.quote_name(column) for column in columns)
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
        found[table] = sha256("\n".join(rows).encode()).hexdigest()
    return found


def written() -> int:
    """How many rows this connection has written, taken back or not: while it stays, nothing can differ."""
    if connection.vendor == "sqlite":
        driver: Any = connection.connection
        return int(driver.total_changes)
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


class Trials:
    """Things that are tried one after the other, each with the database as it was before the first."""

    def __init__(self) -> None:
        self.before = digests()

    @contextmanager
    def trial(self) -> Iterator[set[str]]:
        """Gives the tables that differ after what was done inside; then the database is put back."""
        changed: set[str] = set()
        with transaction.atomic():
            count = written()
            yield changed
            if written() != count:
                after = digests()
                changed |= {table for table in after if after[table] != self.before[table]}
            transaction.set_rollback(True)


@contextmanager
def unchanged() -> Iterator[None]:
    before, count = digests(), written()
    yield
    if written() != count or not connection.in_atomic_block:  # outside, somebody else may have written
        after = digests()
        assert {table for table in after if after[table] != before[table]} == set()
