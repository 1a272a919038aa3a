"""What exactly runs here: for the About page, `aperto about` and `aperto check`."""

import platform
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

import aperto
from aperto.kernel.jobs.models import CronRow, Job, State

PACKAGE = Path(aperto.__file__).parent
BUILT_FROM = "commit.txt"  # written into the wheel by hatch_build.py
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?([^;]*)(?:;(.*))?$")
EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")


class Library(NamedTuple):
    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Schema:
    """`waiting` are migrations that this version has and the database has not."""

    applied: int
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class About:
    version: str
    commit: str
    engine: str
    engine_version: str
    schema: Schema | None
    python: str
    system: str
    licence: str
    libraries: tuple[Library, ...]


def about() -> About:
    own = metadata.metadata("aperto")
    return About(
        version=aperto.__version__,
        commit=commit(),
        engine=connection.display_name,
        engine_version=engine_version(),
        schema=schema(),
        python=platform.python_version(),
        system=platform.platform(terse=True),
        licence=licence(own),
        libraries=libraries(),
    )


@cache
def commit() -> str:
    """The commit of the checkout or of the wheel; empty when neither knows."""
    built = PACKAGE / BUILT_FROM
    if built.is_file():
        return built.read_text(encoding="ascii").strip()
    root = PACKAGE.parent.parent
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def engine_version() -> str:
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    try:
        return ".".join(map(str, connection.get_database_version()))
    except DatabaseError:
        return ""


def schema() -> Schema | None:
    """None when the database does not answer, or when there is none yet."""
    if (
        connection.vendor == "sqlite"
        and not in_memory()
        and not Path(connection.settings_dict["NAME"]).is_file()
    ):
        return None
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return None
    waiting = tuple(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan)
    return Schema(len(executor.loader.applied_migrations), waiting)


def in_memory() -> bool:
    return "memory" in str(connection.settings_dict["NAME"])


@cache
def libraries() -> tuple[Library, ...]:
    """Every installed distribution that the product needs, and what those need, by name."""
    found: dict[str, Library] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    queue = [("aperto", frozenset[str]())]
    while queue:
        name, extras = queue.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or Python version
        found[name] = Library(distribution.name, distribution.version, licence_of(distribution))
        queue += [needed for line in distribution.requires or () for needed in needs(line, extras)]
    found.pop("aperto", None)
    return tuple(sorted(found.values(), key=lambda library: library.name.lower()))


def needs(line: str, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """The distribution that a line of metadata asks for, unless it belongs to an extra nobody wants."""
    match = REQUIREMENT.match(line)
    if match is None:
        return []
    name, wanted, _version, marker = match.groups()
    for_extra = set(EXTRA.findall(marker or ""))
    if for_extra and not for_extra & extras:
        return []
    normal = re.sub(r"[-_.]+", "-", name).lower()
    return [(normal, frozenset(part.strip() for part in (wanted or "").split(",") if part.strip()))]


def licence_of(distribution: metadata.Distribution) -> str:
    """What the metadata state, else the title of the licence that lies beside them."""
    stated = licence(distribution.metadata)
    if stated:
        return stated
    files = (f"licenses/{name}" for name in distribution.metadata.get_all("License-File") or ())
    texts = (text for name in files if (text := distribution.read_text(name)))
    return next((text.strip().partition("\n")[0][:80] for text in texts), "")


def licence(facts: metadata.PackageMetadata) -> str:
    """The expression, else the classifiers, else the first line of what the authors wrote."""
    expression = facts.get("License-Expression")
    if expression:
        return str(expression)
    stated = [line for line in facts.get_all("Classifier") or () if "License ::" in line]
    classifiers = [line.rpartition(" :: ")[2] for line in stated if "Other/Proprietary" not in line]
    if classifiers:
        return ", ".join(classifiers)
    return str(facts.get("License") or "").strip().partition("\n")[0][:80]


def waiting_since() -> datetime | None:
    """Since when the oldest due job has waited for a worker, or a schedule for the scheduler."""
    job = Job.objects.filter(state=State.WAITING).order_by("run_at").values_list("run_at", flat=True).first()
    row = CronRow.objects.filter(enabled=True).order_by("next_run").values_list("next_run", flat=True).first()
    return min((moment for moment in (job, row) if moment), default=None)
