"""Bringing the database to this version of the product."""

import argparse
from collections.abc import Callable

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from aperto.config.console import Refusal, say


def run(_chosen: argparse.Namespace) -> None:
    count = migrate()
    say(f"{count} migrations applied." if count else "The database is up to date.")


def migrate(progress: Callable[[int], None] | None = None) -> int:
    """Apply what is missing; `progress` hears how many that are. Costs one query when nothing is."""
    waiting = unapplied()
    if waiting:
        if progress:
            progress(waiting)
        call_command("migrate", verbosity=0, interactive=False)
    return waiting


def require() -> None:
    """For subcommands that read and write records: the tables must be of this version."""
    waiting = unapplied()
    if waiting:
        raise Refusal(f"The database is of another version ({waiting} migrations wait); run aperto migrate.")


def unapplied() -> int:
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise Refusal(f"The database cannot be reached: {reason}.") from error
