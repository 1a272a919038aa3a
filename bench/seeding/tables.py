"""What each engine needs to take millions of rows at once: tables without indexes, and keys that differ."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import AutoField, Model

from bench.seeding.seed import hurry as unsynced

DIGITS = "0123456789abcdef"
TEXT_INDEXES = ("kernel_search_trigram", "kernel_search_beginning")  # of SQLite, filled from the entries
LISTS = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
    " AND type IN ('index', 'trigger')",
    "postgresql": "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE tablename = %s AND"
    " schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint)",
}

type Tell = Callable[[str], None]


def hurry() -> None:
    """As for a seed; and what breaks off is made anew, so SQLite writes each page once."""
    unsynced()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode = OFF")
        else:
            cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")


def calm() -> None:
    """As the product finds its database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode = WAL")


@contextmanager
def bare(tables: Sequence[str], tell: Tell) -> Iterator[None]:
    """Takes indexes and triggers away and makes them anew; search is filled in between."""
    taken: list[str] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(LISTS[connection.vendor], [table])
            for kind, name, sql in cursor.fetchall():
                cursor.execute(f'DROP {kind} "{name}"')
                taken.append(sql)
        yield
        began = time.monotonic()
        for sql in taken:
            cursor.execute(sql)
        tell(f"{len(taken)} indexes in {time.monotonic() - began:.1f} s")
        if connection.vendor == "sqlite":
            _fill_search(tell)


def _fill_search(tell: Tell) -> None:
    with connection.cursor() as cursor:
        for name in TEXT_INDEXES:
            began = time.monotonic()
            # What is gathered before it is written: the usual megabyte would be merged a hundred times over.
            cursor.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 67108864)")
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
            cursor.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 1048576)")
            tell(f"{name} in {time.monotonic() - began:.1f} s")


def columns(model: type[Model]) -> list[str]:
    """Those that a copied row is given, with what an engine keeps besides; a number it gives itself."""
    numbered = {each.column for each in model._meta.concrete_fields if isinstance(each, AutoField)}
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return [each.name for each in found if each.name not in numbered]


def turned(column: str, step: int) -> str:
    """The key with its last digit turned: random digits stand before it, so no two keys meet."""
    if connection.vendor == "sqlite":
        place = f"instr('{DIGITS}', substr(\"{column}\", 32)) + {step}"
        return f"substr(\"{column}\", 1, 31) || substr('{DIGITS * 2}', {place}, 1)"
    digits = f"translate(right(\"{column}\"::text, 1), '{DIGITS}', '{DIGITS[step:] + DIGITS[:step]}')"
    return f'(left("{column}"::text, 35) || {digits})::uuid'


def json(expression: str) -> str:
    return expression if connection.vendor == "sqlite" else f"CAST({expression} AS jsonb)"
