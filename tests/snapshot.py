"""What the database holds, to show that a refusal left it as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.apps import apps
from django.db import connection

# What reading may write: counts of tries, when a token was last used, sessions.
FLEETING = {"django_session", "usersessions_usersession"}
FLEETING_COLUMNS = {"last_used_at", "last_login"}


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


@contextmanager
def unchanged() -> Iterator[None]:
    before = digests()
    yield
    after = digests()
    assert {table for table in after if after[table] != before[table]} == set()
