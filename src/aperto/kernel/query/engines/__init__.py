"""What differs between SQLite and PostgreSQL, and nothing else."""

from django.db import DEFAULT_DB_ALIAS, connections

from aperto.kernel.query.engines.engine import Engine
from aperto.kernel.query.engines.postgresql import PostgreSQL
from aperto.kernel.query.engines.sqlite import SQLite

__all__ = ["Engine", "PostgreSQL", "SQLite", "current"]

ENGINES: dict[str, Engine] = {engine.vendor: engine for engine in (SQLite(), PostgreSQL())}


def current(alias: str = DEFAULT_DB_ALIAS) -> Engine:
    """The engine behind a connection; SQLite and PostgreSQL are the two there are."""
    return ENGINES[connections[alias].vendor]
