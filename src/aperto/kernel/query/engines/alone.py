"""One writer at a time for what no constraint of a table can say."""

from django.db import connection


def alone(name: str) -> None:
    """Until this transaction ends, nobody else comes past here with the same name. SQLite has one writer
    anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
