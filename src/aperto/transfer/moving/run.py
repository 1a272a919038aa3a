"""A migration from beginning to end: the survey before anything is written, the work, its account, undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _
from django.utils.translation import override

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.undo import Undone
from aperto.kernel.errors import Refused
from aperto.kernel.shape.current import refresh
from aperto.transfer.moving.account import UNKNOWN, Account, reason_for
from aperto.transfer.moving.books import Books
from aperto.transfer.moving.carry import Carrier
from aperto.transfer.moving.files import Storeroom
from aperto.transfer.moving.mapping import OwnField, System, Take
from aperto.transfer.moving.models import Migration, migrations, moved
from aperto.transfer.moving.prepare import Preparing, usable
from aperto.transfer.moving.statement import counted
from aperto.transfer.moving.values import Reading, reading_for
from aperto.transfer.reading import Unreadable
from aperto.transfer.sources.spool import Spool
from aperto.transfer.systems import recognised

Told = Callable[[int, str], None]


@dataclass
class Wishes:
    """What the person chose: the zone of the source's clock, whether deleted rows come into the bin, and a
    name that tells this source from another one of the same system."""

    zone: str = ""
    bin: bool = False
    origin: str = ""
    files: Storeroom = Storeroom()


@dataclass
class Survey:
    """What was found and what will become of it. `leaves` are reasons with their counts."""

    system: System
    version: str
    zone: str
    zone_asked: bool
    users: int
    takes: list[tuple[Take, dict[str, int]]] = field(default_factory=list)
    own: list[OwnField] = field(default_factory=list)
    folded: list[tuple[str, int]] = field(default_factory=list)
    left: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    rows: int = 0
    tables: int = 0


def survey(spool: Spool, wishes: Wishes, actor: Actor) -> Survey:
    """Everything that will happen, said before anything is written. Unreadable for an unknown system."""
    system = recognised(spool)
    if system is None:
        names = ", ".join(sorted(spool.tables)[:12])
        raise Unreadable(
            _("These tables belong to no system that can move in: %(names)s…") % {"names": names}
        )
    for table, *columns in system.indexes:
        spool.index(table, *columns)
    takes = [take for take in system.takes(spool) if spool.count(take.table)]
    zone, asked = zone_for(spool, system, wishes, actor)
    found = Survey(system, spool.one(system.version) or "", zone, asked, spool.count(system.users_table))
    found.takes = [(take, counted(spool, take)) for take in takes]
    found.own = [each for each in system.own_fields(spool) if spool.count(each.take)]
    found.problems = list(spool.problems)
    taken = {take.table for take in takes} | {system.users_table}
    for held in spool.tables.values():
        found.rows, found.tables = found.rows + held.rows, found.tables + bool(held.rows)
        if not held.rows or held.name in taken:
            continue
        if held.name in system.folded:
            found.folded.append((held.name, held.rows))
        else:
            why = reason_for(system.left, held.name)
            found.left.setdefault(why, []).append((held.name, held.rows))
    return found


def zone_for(spool: Spool, system: System, wishes: Wishes, actor: Actor) -> tuple[str, bool]:
    """The zone of the source's times, and whether somebody should say whether it is the right one."""
    if not system.local:
        return "UTC", False
    for name in (wishes.zone, spool.one(system.zone) or "", actor.viewer.zone_name):
        try:
            if name and ZoneInfo(name):
                return name, not wishes.zone
        except (ZoneInfoNotFoundError, ValueError):
            if name == wishes.zone:
                raise Unreadable(_("There is no time zone “%(name)s”.") % {"name": name}) from None
    return "UTC", True


def carry_out(
    actor: Actor, spool: Spool, found: Survey, wishes: Wishes, source: str, told: Told
) -> Migration:
    """The whole migration, or what has changed since the last one. What was written stays when it is
    interrupted; the next run goes on."""
    people.require_administrator(actor)
    if actor.user_id is None:
        raise Refused(Verb.IMPORT)
    refresh()
    system = found.system
    migration = Migration(
        origin=wishes.origin or system.key,
        system=system.key,
        version=found.version[:60],
        source=source[:300],
        user=actor.user_id,
    )
    migration.save(force_insert=True)
    books = Books(spool, migration)
    reading = reading_for(actor.viewer, found.zone, system.encoded)
    account = Account(spool, system)
    with override("en"):
        takes = _prepare(Preparing(actor, spool, books, reading, account), found)
    carrier = Carrier(actor, spool, books, reading, wishes.bin, wishes.files)
    for take in takes:
        carrier.carry(take, account.of(take.table), told)
    account.close()
    migration.report = report_of(account, reading, found)
    migration.state, migration.finished_at = Migration.DONE, datetime.now(UTC)
    migration.save(update_fields=["report", "state", "finished_at"])
    return migration


def _prepare(preparing: Preparing, found: Survey) -> Sequence[Take]:
    """Makes what the rows need; gives the mappings with the fields that were added over there."""
    preparing.users(found.system)
    used = {take.object for take, _counts in found.takes}
    for each in found.system.own_objects:
        if each.key in used:
            preparing.object(each)
    refresh()
    own = usable([each for each in found.own if each.object in used], preparing)
    for pipeline in found.system.pipelines:
        if pipeline.object in used:
            preparing.pipeline(pipeline)
    takes = []
    for take, _counts in found.takes:
        more = {each.key: each.of for each in own if (each.take, each.object) == (take.table, take.object)}
        words = {
            each.key: dict(each.options) for each in own if each.key in more
        }  # the same value may stand for several words
        takes.append(replace(take.with_fields(more), words={**take.words, **words}))
    preparing.options(takes)
    refresh()
    return takes


def report_of(account: Account, reading: Reading, found: Survey) -> dict[str, Any]:
    totals = account.totals
    return {
        "tables": account.to_json(),
        "totals": {"read": totals.read, "made": totals.made, "merged": totals.merged,
                   "left": totals.left.total()},
        "reasons": dict(totals.left.most_common()),
        "untaken": [
            {"object": place[0], "field": place[1], "values": count, "example": reading.examples[place]}
            for place, count in reading.untaken.most_common()
        ],
        "problems": found.problems,
        "zone": found.zone,
    }  # fmt: skip


def undo(actor: Actor, migration: Migration) -> Undone:
    """Takes back all records and then what was made for them; people who came stay, unable to sign in. What
    was changed here since is kept."""
    people.require_administrator(actor)
    refresh()
    result = changes.undo_batch(actor, migration.batch, via="migrate")
    shape = changes.undo_batch(actor, migration.shape_batch, via="migrate")
    moved().filter(migration=migration.pk).exclude(object="user").delete()
    migration.state = Migration.UNDONE
    migration.save(update_fields=["state"])
    return Undone(result.undone + shape.undone, result.kept + shape.kept)


def chosen(key: str) -> list[Migration]:
    """The migration of this key, the last one, or all of them, newest first: in which order they go back."""
    rows = migrations().exclude(state=Migration.UNDONE).order_by("-id")
    if key in ("last", "all"):
        return list(rows[: 1 if key == "last" else None])
    try:
        return list(rows.filter(pk=UUID(key)))
    except ValueError:
        return []


__all__ = ["UNKNOWN", "Survey", "Wishes", "carry_out", "chosen", "survey", "undo"]
