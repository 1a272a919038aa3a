"""The parts of migrations that Django has no word for: the indexes of the search table."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from aperto.kernel.query import engines

CHUNK = 5_000


def make(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).search_index():
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).no_search_index():
        schema_editor.execute(statement)


def search_index() -> migrations.RunPython:
    """Stands in the migration after the model SearchEntry."""
    return migrations.RunPython(make, drop)


def make_beginnings(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).beginning_index():
        schema_editor.execute(statement)


def drop_beginnings(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).no_beginning_index():
        schema_editor.execute(statement)


def beginning_index() -> migrations.RunPython:
    """The index of title words, which is filled by a migration of its own."""
    return migrations.RunPython(make_beginnings, drop_beginnings)


def fill(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Chunk by chunk, each for itself: broken off, it begins again and writes only what is missing."""
    engine = engines.current(schema_editor.connection.alias)
    last: int | None = 0
    while last is not None:
        last = engine.fill_beginnings(last, CHUNK)


def filled_beginnings() -> migrations.RunPython:
    return migrations.RunPython(fill, migrations.RunPython.noop)


def make_waiting(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).waiting_entries():
        schema_editor.execute(statement)


def drop_waiting(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).no_waiting_entries():
        schema_editor.execute(statement)


def waiting_entries() -> migrations.RunPython:
    """From here on new entries wait to be brought into the text indexes together."""
    return migrations.RunPython(make_waiting, drop_waiting)
