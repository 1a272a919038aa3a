"""The part of the migration that Django has no word for: the trigram index of the search table."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from aperto.kernel.query import engines


def make(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).search_index():
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in engines.current(schema_editor.connection.alias).no_search_index():
        schema_editor.execute(statement)


def search_index() -> migrations.RunPython:
    """Stands in the migration after the model SearchEntry."""
    return migrations.RunPython(make, drop)
