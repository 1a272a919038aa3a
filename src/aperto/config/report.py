"""`aperto about` and `aperto check`: what runs here, and whether it can."""

import argparse
import dataclasses
import json
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from aperto.config.console import say
from aperto.config.machine import MEGABYTE, ROOM
from aperto.kernel import about as kernel

SKEW = 5  # seconds between two clocks that still agree
OVERDUE = timedelta(minutes=2)


def about(chosen: argparse.Namespace) -> None:
    facts = kernel.about()
    if chosen.json:
        plain = dataclasses.asdict(facts) | {"libraries": [library._asdict() for library in facts.libraries]}
        say(json.dumps(plain, indent=2))
        return
    say(f"Aperto {facts.version} ({facts.commit or 'commit unknown'}), {facts.licence}")
    say(f"{facts.engine} {facts.engine_version}, {schema_in_words(facts.schema)}")
    say(f"Python {facts.python}, {facts.system}")
    for library in facts.libraries:
        say(f"  {library.name} {library.version}: {library.licence or 'licence not stated'}")


def schema_in_words(schema: kernel.Schema | None) -> str:
    if schema is None:
        return "no database yet"
    return f"{schema.applied} migrations applied, {len(schema.waiting)} waiting"


def check(_chosen: argparse.Namespace) -> int:
    """One line for each thing that must work; exit code 1 when one does not."""
    problems = 0
    for name, look in CHECKS.items():
        problem = problem_of(look)
        problems += bool(problem)
        say(f"{'no' if problem else 'ok':<4}{name}{f': {problem}' if problem else ''}")
    return 1 if problems else 0


def problem_of(look: Callable[[], str]) -> str:
    try:
        return look()
    except (DatabaseError, OSError) as error:
        return " ".join(str(error).split())


def database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return ""
        cursor.execute("PRAGMA quick_check(1)")
        answer = cursor.fetchone()[0]
    return "" if answer == "ok" else f"the file is damaged ({answer}); restore a backup"


def schema() -> str:
    state = kernel.schema()
    if state is None:
        return "there is no database yet; run aperto migrate"
    return f"{len(state.waiting)} migrations wait; run aperto migrate" if state.waiting else ""


def folder() -> str:
    open_to_others = [
        path.name for path in private(settings.DATA_DIR) if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        return f"others on this machine can read {', '.join(open_to_others)}; run chmod go-rwx on it"
    with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR):
        return ""


def private(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.glob("secret_key*")


def disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free // MEGABYTE
    return f"{free} MB left, {ROOM} MB needed" if free < ROOM else ""


def clock() -> str:
    """Against the database server's, or the file system's where the database is a file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            other = float(cursor.fetchone()[0])
    else:
        with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR) as probe:
            other = Path(probe.name).stat().st_mtime
    skew = abs(other - time.time())
    return f"{skew:.0f} s away from the database's" if skew > SKEW else ""


def worker() -> str:
    since = kernel.waiting_since()
    if since is None or datetime.now(UTC) - since < OVERDUE:
        return ""
    return f"work has waited since {since:%Y-%m-%d %H:%M} UTC; is aperto up or aperto worker running?"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "schema": schema,
    "data folder": folder,
    "disk": disk,
    "clock": clock,
    "worker and scheduler": worker,
}
