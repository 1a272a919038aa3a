"""Another CRM moves in, on the command line; without a source, the database comes to this version."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from aperto.config import schema
from aperto.config.console import Refusal, Steps, say
from aperto.config.transfers import actor_for
from aperto.kernel.errors import Refused
from aperto.transfer.moving import run as moving
from aperto.transfer.moving.files import Storeroom
from aperto.transfer.moving.models import Migration
from aperto.transfer.moving.run import Survey, Wishes
from aperto.transfer.reading import Unreadable
from aperto.transfer.sources.opening import lay_down
from aperto.transfer.sources.spool import Spool

SHOWN = 6


def run(chosen: argparse.Namespace) -> int:
    if not chosen.source and not chosen.undo:
        schema.run(chosen)
        return 0
    schema.require()
    try:
        return take_back(chosen) if chosen.undo else move_in(chosen)
    except (Unreadable, Refused) as error:
        raise Refusal(str(error)) from error


def move_in(chosen: argparse.Namespace) -> int:
    actor = actor_for(chosen.user)
    wishes = Wishes(chosen.zone, chosen.deleted == "bin", chosen.origin[:60], Storeroom.at(chosen.files))
    steps = Steps()
    with spool_beside() as spool:
        lay_down(chosen.source, spool, progress(steps, "read"))
        steps.line(f"{sum(table.rows for table in spool.tables.values())} rows read")
        found = moving.survey(spool, wishes, actor)
        tell(found, wishes)
        if chosen.dry_run:
            return 0
        migration = moving.carry_out(
            actor, spool, found, wishes, name_of(chosen.source), progress(steps, "moved")
        )
    steps.line("moved in")
    account_for(migration)
    return 0


@contextmanager
def spool_beside() -> Iterator[Spool]:
    """A file in the data folder, for the temporary one of the machine may be memory."""
    place, path = tempfile.mkstemp(prefix="move-in-", suffix=".spool", dir=settings.DATA_DIR)
    os.close(place)
    spool = Spool(Path(path))
    try:
        yield spool
    finally:
        spool.close()
        Path(path).unlink()


def name_of(source: str) -> str:
    """Without the password of a database."""
    return source.rpartition("@")[2] if "://" in source else Path(source).name


class progress:  # noqa: N801 - it is called as a function
    """A line every few seconds."""

    def __init__(self, steps: Steps, word: str) -> None:
        self.steps, self.word, self.last = steps, word, ""

    def __call__(self, count: int, table: str) -> None:
        if table and table != self.last and count:
            self.last = table
            if self.word == "moved":
                self.steps.line(f"{table}…")


def tell(found: Survey, wishes: Wishes) -> None:
    """What was found and what will become of it."""
    say(f"\nThis is {found.system.name}{f' ({found.version})' if found.version else ''}: "
        f"{found.rows} rows in {found.tables} tables.")  # fmt: skip
    for problem in found.problems:
        say(f"  ! {problem}")
    if found.zone_asked:
        say(f"  Its times are taken as those of {found.zone}; another zone is said by --zone.")
    say(f"\n  {'from':32} {'becomes':14} {'rows':>8}   left out")
    say(f"  {found.system.users_table:32} {'user':14} {found.users:>8}   unable to sign in until invited")
    for take, counts in found.takes:
        come = counts.get("", 0) + (counts.get("deleted", 0) if wishes.bin else 0)
        left = [
            f"{count} {why}" for why, count in counts.items() if why and not (why == "deleted" and wishes.bin)
        ]
        say(f"  {take.table:32} {take.object:14} {come:>8}   {', '.join(left)}".rstrip())
    if found.own:
        say(f"\n  Fields of your own: {', '.join(f'{each.object}.{each.key}' for each in found.own)}")
    if found.folded:
        say(f"\n  Part of those records: {some([name for name, _rows in found.folded], 40)}")
    say("\n  Left out:")
    for why, tables in found.left.items():
        rows = sum(count for _name, count in tables)
        say(f"  {rows:>8} rows  {why}: {some([name for name, _rows in tables], SHOWN)}")
    say()


def some(names: list[str], most: int) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def account_for(migration: Migration) -> None:
    """Every row that was read has one end."""
    report = migration.report
    say(f"\n  {'table':32} {'read':>8} {'made':>8} {'merged':>8} {'left out':>8}")
    for line in report["tables"]:
        if line["made"] or line["merged"]:
            left = sum(line["left"].values())
            say(f"  {line['table']:32} {line['read']:>8} {line['made']:>8} {line['merged']:>8} {left:>8}")
    totals = report["totals"]
    names = ("read", "made", "merged", "left")
    say(f"  {'all tables':32} " + " ".join(f"{totals[name]:>8}" for name in names))
    if report["reasons"]:
        say("\n  Left out, and why:")
        for why, count in report["reasons"].items():
            say(f"  {count:>8}  {why}")
    if report["untaken"]:
        say("\n  Values that did not fit their field; they stand in the text of their record:")
        for each in report["untaken"][:20]:
            say(f"  {each['values']:>8}  {each['object']}.{each['field']}, such as {each['example']!r}")
    say(f"\n  To take all of it back: aperto migrate --undo {migration.pk}")


def take_back(chosen: argparse.Namespace) -> int:
    found = moving.chosen(chosen.undo)
    if not found:
        raise Refusal(f"There is no migration {chosen.undo!r} to take back; say its key, last or all.")
    actor = actor_for(chosen.user)
    for migration in found:
        result = moving.undo(actor, migration)
        say(f"{migration.system}, {migration.created_at:%Y-%m-%d %H:%M}: {result.undone} changes were taken "
            f"back; {result.kept} were kept, because others came after them.")  # fmt: skip
    return 0
