"""A migration as the command carries it out, and what came of it."""

from pathlib import Path
from typing import Any

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.transfer.moving import run
from aperto.transfer.moving.models import Migration
from aperto.transfer.moving.run import Wishes
from aperto.transfer.sources.opening import lay_down
from aperto.transfer.sources.spool import Spool


def move(actor: Actor, dump: Path, wishes: Wishes | None = None) -> Migration:
    place = dump.with_suffix(".spool")
    place.unlink(missing_ok=True)
    spool, wanted = Spool(place), wishes or Wishes()
    try:
        lay_down(str(dump), spool)
        found = run.survey(spool, wanted, actor)
        return run.carry_out(actor, spool, found, wanted, dump.name, lambda count, table: None)
    finally:
        spool.close()


def line(migration: Migration, table: str) -> dict[str, Any]:
    [found] = [line for line in migration.report["tables"] if line["table"] == table]
    return {key: value for key, value in found.items() if value and key not in ("table", "became")}


def adds_up(migration: Migration) -> bool:
    """Every row that was read has one end."""
    return all(
        each["read"] == each["made"] + each["merged"] + sum(each["left"].values())
        for each in migration.report["tables"]
    )


def values(actor: Actor, object_key: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of all records, in their order of title; of references the titles."""
    declaration = records.visible(actor, object_key).declaration
    rows = records.visible(actor, object_key).iterate(columns, sort="title")
    return [
        tuple(declaration.fields[key].text(row.values[key], actor.viewer) for key in columns) for row in rows
    ]
