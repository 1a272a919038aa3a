"""Writes the story through `changes.save_many`, then leaves the database as a running installation would."""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import batched

from django.db import connection, transaction

from aperto.kernel import changes
from aperto.kernel.changes import Draft, outbox
from aperto.kernel.pipelines import stages
from bench.seeding import firm, work
from bench.seeding.firm import Owner
from bench.seeding.shape import Shape
from bench.seeding.story import Story, Written

WINDOW = 50_000  # drafts that are sorted by their owners together: a batch for each owner
BATCH = 1_000

type Tell = Callable[[str], None]


def seed(contacts: int, tell: Tell) -> None:
    shape = Shape(contacts, datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0))
    hurry()
    owners = firm.found(shape)
    tell(f"{len(owners)} owners in {shape.teams} teams")
    steps = stages.of_object("deal")
    story = Story(shape, owners, [step for step in steps if step.pipeline == steps[0].pipeline])
    _write(tell, "company", story.write_companies())
    _write(tell, "contact", story.write_contacts())
    _write(tell, "deal", story.write_deals())
    for round_ in story.moves():
        _write(tell, "deal", round_, "moves of deals")
    for object_key, share in work.SHARES:
        _write(tell, object_key, work.write(story, object_key, round(shape.activities * share)))
    settle(tell)


def _write(tell: Tell, object_key: str, drafts: Iterable[Written], name: str = "") -> None:
    began, total = time.monotonic(), 0
    for window in batched(drafts, WINDOW):
        by_owner: dict[Owner, list[Draft]] = defaultdict(list)
        for owner, draft in window:
            by_owner[owner].append(draft)
        with transaction.atomic():  # a page that many batches change is written once
            for owner, written in by_owner.items():
                _save(owner, object_key, written)
        total += len(window)
    took = time.monotonic() - began
    tell(f"{total:,} {name or f'{object_key} records'} in {took:.1f} s ({total / max(took, 0.001):,.0f}/s)")


def _save(owner: Owner, object_key: str, written: list[Draft]) -> None:
    for batch in batched(written, BATCH):
        for outcome in changes.save_many(owner.actor, object_key, batch, via="bench"):
            if outcome.error is not None:
                raise outcome.error


def hurry() -> None:
    """Nobody else reads or writes yet, and a seed that a crash breaks is made anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("synchronous = OFF", "cache_size = -1048576", "wal_autocheckpoint = 50000"):
                cursor.execute(f"PRAGMA {pragma}")
    gc.set_threshold(100_000, 50, 100)


def settle(tell: Tell) -> None:
    """What the worker does in the hours after: changes are numbered, and the planner learns the tables."""
    began = time.monotonic()
    position = -1
    while (now := outbox.number()) != position:
        position = now
    tell(f"{position:,} changes numbered in {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tell(f"ANALYZE in {time.monotonic() - began:.1f} s")
