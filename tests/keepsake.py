"""What many tests begin with is worked out once by each process; from then on its rows are copied in.

A firm with its people costs some four hundred statements. The second time, the rows that the first left are
inserted as they stood, one statement for each table, inside the transaction of the test that asks.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from aperto.kernel.access import actors, limits, organisation, sign_in_rules
from aperto.kernel.pipelines import stages
from aperto.kernel.query import paged

STEADY = {"django_content_type", "auth_permission"}  # are there from the beginning
# What a process remembers under the keys of people and stages, which come back with other rights and rules.
MEMORIES: tuple[Callable[[], None], ...] = (
    stages.forget,
    organisation.forget,
    actors._held.clear,
    limits.portions._held.clear,
    sign_in_rules._held.clear,
    paged._counted.clear,
)
LITERAL = {"sqlite": "quote({})", "postgresql": "quote_nullable({})"}


@dataclass(frozen=True)
class Kept:
    """Statements that put the rows back, by table; the stored files; and the pickled answer."""

    rows: dict[str, str]
    files: dict[Path, bytes]
    answer: bytes


_kept: dict[str, Kept] = {}


def kept[T](make: Callable[[], T]) -> Callable[[], T]:
    """`make`, which begins with an empty database and from the second time on finds its rows ready.

    While time stands still, or with something in the database already, it is made as if nothing were kept.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def given() -> T:
        known = _kept.get(name)
        if time_machine.escape_hatch.is_travelling() or not _is_empty(known.rows if known else _tables()):
            return make()
        if known:
            _put_back(known)
        else:
            there = _files()
            made = make()
            files = {path: path.read_bytes() for path in _files() - there}
            known = _kept[name] = Kept(_statements(), files, pickle.dumps(made))
        for forget in MEMORIES:
            forget()
        answer: T = pickle.loads(known.answer)  # noqa: S301  (our own bytes of a moment ago)
        return answer

    return given


def _tables() -> dict[str, list[str]]:
    """The columns of all tables of the product, by table."""
    return {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in STEADY
    }


def _is_empty(tables: Iterable[str]) -> bool:
    held = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"{held} LIMIT 1")
        return cursor.fetchone() is None


def _statements() -> dict[str, str]:
    """All rows as literals of SQL, so that every value comes back as it was, whatever its type."""
    found = {}
    for table, columns in _tables().items():
        names = [connection.ops.quote_name(column) for column in columns]
        literals = ", ".join(LITERAL[connection.vendor].format(name) for name in names)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {literals} FROM {table}")
            rows = ", ".join(f"({', '.join(row)})" for row in cursor.fetchall())
        if rows:
            found[table] = f"INSERT INTO {table} ({', '.join(names)}) VALUES {rows}"
    return found


def _put_back(known: Kept) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in known.rows.values():
            cursor.execute(statement)
    for path, content in known.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
