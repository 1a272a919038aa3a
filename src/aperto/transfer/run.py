"""Imports from the file to the last row: started by a person, carried out by a job, undone by another.

Each chunk is a step of its job: its records, its counts and its failures commit together, once, whatever
happens to the worker.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import batched, islice
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel import jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.batches import alike, count_of
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.transfer import mappings, uploads
from aperto.transfer import models as books
from aperto.transfer.beside import plan_of
from aperto.transfer.choices import Choices
from aperto.transfer.intake import take_in
from aperto.transfer.models import ImportFailure, ImportRun
from aperto.transfer.proposal import propose
from aperto.transfer.reading import Unreadable
from aperto.transfer.uploads import table_of
from aperto.transfer.writing import Tally, write_chunk

CHUNK = 1_000
NOBODY = UUID(int=0)
FILES = frozenset({"file", "image"})
ENDED: list[Callable[[ImportRun], None]] = []  # who wants to know of each end of an import
COUNTS = ("created", "updated", "unchanged", "skipped", "failed")


class Taken(Exception):
    """Another process imports this file at the same moment."""

    def __init__(self, name: str) -> None:
        words = _(
            "“%(file)s” is being imported by another process at this moment; wait until that has ended."
        )
        super().__init__(words % {"file": name})


# -- what a person does ------------------------------------------------------------------------------


def may_import(actor: Actor, declaration: ObjectType) -> bool:
    """Importing needs its own right besides those to create and to edit, which each row is asked for. What
    cannot be without a file does not fit into a table."""
    if declaration.administered or any(
        each.kind in FILES and each.required for each in declaration.fields.values()
    ):
        return False
    return actor.user_id is not None and actor.may(declaration, Verb.IMPORT)


def begin(
    actor: Actor, declaration: ObjectType, file: BinaryIO, name: str, size: int, corrects: UUID | None = None
) -> ImportRun:
    """Takes the file in and proposes what to do with it; Unreadable says why it cannot be read."""
    if not may_import(actor, declaration) or actor.user_id is None:
        raise Refused(Verb.IMPORT)
    run = ImportRun(object=declaration.key, user=actor.user_id, name=name[:200], size=size, corrects=corrects)
    run.place = uploads.keep(file, size)
    try:
        take_in(run)
        run.choices = _corrected(actor, run) or _proposed(actor, declaration, run)
        run.save(force_insert=True)
    except BaseException:
        uploads.drop(run.place)
        uploads.drop(run.source)
        raise
    return run


def _proposed(actor: Actor, declaration: ObjectType, run: ImportRun) -> dict[str, Any]:
    """As it was remembered for such a file, else as it is guessed."""
    known = mappings.fitting(actor, declaration.key, run.header)
    if known is not None and (choices := mappings.applied(actor, known, run.header)).mapping:
        return choices.to_json()
    with table_of(run) as table:
        return propose(actor, declaration, table).to_json()


def _corrected(actor: Actor, run: ImportRun) -> dict[str, Any] | None:
    """The choices of the run whose failed rows this file corrects, where its columns are the same."""
    if run.corrects is None:
        return None
    former = find(actor, run.corrects)
    if list(run.header[: len(former.header)]) != list(former.header) or former.object != run.object:
        return None
    return dict(former.choices)


def find(actor: Actor, key: UUID) -> ImportRun:
    """One's own run, or anybody's for an administrator; Missing for all others."""
    runs = books.runs().filter(pk=key)
    run = runs.first()
    mine = run is not None and (actor.configures or run.user == actor.user_id)
    if run is None or not mine or not actor.may(registry.get(run.object), Verb.READ):
        raise Missing(key)
    return run


def listed(actor: Actor, object_key: str, limit: int = 20) -> list[ImportRun]:
    mine = books.runs().filter(object=object_key)
    if not actor.configures:
        mine = mine.filter(user=actor.user_id or NOBODY)
    return list(mine.exclude(state=ImportRun.DRAFT).order_by("-id")[:limit])


def start(actor: Actor, run: ImportRun) -> None:
    """Hands the run to a job, once."""
    declaration = registry.get(run.object)
    if not may_import(actor, declaration) or actor.user_id != run.user:
        raise Refused(Verb.IMPORT)
    with transaction.atomic():
        mine = books.runs().filter(pk=run.pk, state=ImportRun.DRAFT)
        if not mine.update(
            state=ImportRun.STARTED, choices=run.choices, layout=run.layout, header=run.header
        ):
            return
        label = _("Import of %(objects)s from %(file)s") % {"objects": declaration.plural, "file": run.name}
        task = import_rows.using(
            actor_id=actor.user_id, idempotency_key=f"import {run.pk}", label=label[:300]
        )
        books.runs().filter(pk=run.pk).update(job=UUID(task.enqueue(str(run.pk)).id))
    run.refresh_from_db()


# -- the work ----------------------------------------------------------------------------------------


@jobs.task(takes_context=True, label=gettext_lazy("Import"), max_attempts=5)
def import_rows(context: jobs.JobContext, key: str) -> dict[str, Any]:
    """All rows of the file; a restarted job goes on after the last chunk that was committed."""
    run = books.runs().get(pk=UUID(key))
    actor = actors.of_user(people.get(run.user))
    with override(actor.viewer.language):
        try:
            _carry_out(context, run, actor)
        except jobs.Cancelled:
            _close(run, ImportRun.STOPPED)
            raise
        except (Refused, Unreadable):  # trying again would not help
            _close(run, ImportRun.STOPPED)
    for told in ENDED:
        told(run)
    return {"counts": {name: getattr(run, name) for name in COUNTS}, "url": f"/imports/{run.pk}"}


class Here(jobs.JobContext):
    """The context of an import that runs in the process of whoever asked, without the queue."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        super().__init__(task_result=None)  # type: ignore[arg-type]  # there is no result to ask for
        object.__setattr__(self, "told", told)  # as in JobContext

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        self.told(done, total or 0)  # type: ignore[attr-defined]


def broken_off(fresh: ImportRun) -> ImportRun | None:
    """An earlier import of the same file by the same choices, from the command line, that was killed."""
    mine = books.runs().filter(user=fresh.user, state=ImportRun.STARTED, job=None).exclude(pk=fresh.pk)
    same = mine.filter(object=fresh.object, name=fresh.name, size=fresh.size).order_by("-id")
    for run in same[:5]:
        if run.choices == fresh.choices and uploads.are_equal(run, fresh):
            return run
    return None


def carry_out_here(actor: Actor, run: ImportRun, told: Callable[[int, int], None]) -> None:
    """The whole import now, or the rest of it, for the command line."""
    run.state = ImportRun.STARTED
    run.save(update_fields=["state", "choices"])
    with override(actor.viewer.language):
        _carry_out(Here(told), run, actor)


def _carry_out(context: jobs.JobContext, run: ImportRun, actor: Actor) -> None:
    declaration = registry.get(run.object)
    if not may_import(actor, declaration):
        raise Refused(Verb.IMPORT)
    plan = plan_of(actor, for_actor(actor, declaration), Choices.from_json(run.choices), run.batch)
    done = run.read
    with table_of(run) as table:
        for rows in batched(islice(table.rows(), done, None), CHUNK):
            context.check_cancelled()
            lines = plan.read(rows)
            with jobs.step(context, f"row {rows[0][0]}") as due:
                if due:
                    _take_turn(run, done)
                    keep_tally(run, write_chunk(plan, lines, run.batch))
            done += len(rows)
            context.progress(done, run.rows)
    with jobs.step(context, "end") as due:
        if due:
            finish(run, done)
    run.refresh_from_db()


def _take_turn(run: ImportRun, done: int) -> None:
    """Holds the run while a chunk is written; another process that went on with it would be found here."""
    held = books.runs().select_for_update().get(pk=run.pk)
    if held.read != done:
        raise Taken(run.name)


def keep_tally(run: ImportRun, tally: Tally) -> None:
    counts = {name: F(name) + tally.counts[name] for name in COUNTS}
    books.runs().filter(pk=run.pk).update(**counts)
    declaration = registry.get(run.object)
    books.refused().bulk_create(
        ImportFailure(
            run=run,
            number=line.number,
            cells=printable(line.cells),
            reasons=printable(line.reasons(declaration)),
        )
        for line in tally.failures
    )


def printable(texts: Sequence[str]) -> list[str]:
    """The texts as every database can keep them."""
    return [text.replace("\0", "\u2400").encode("utf-8", "replace").decode() for text in texts]


def finish(run: ImportRun, rows: int) -> None:
    """Every row has one end and only one; anything else is a mistake of ours that must not go unseen."""
    run.refresh_from_db()
    if run.read != rows:
        raise AssertionError(f"{rows} rows were read, and {run.read} have an end")
    run.rows = rows
    run.alike = alike(registry.get(run.object), run.batch)
    run.linked = count_of(run.batch, "created") - run.created
    _close(run, ImportRun.DONE)


def _close(run: ImportRun, state: str) -> None:
    run.state, run.finished_at = state, datetime.now(UTC)
    run.save(update_fields=["state", "finished_at", "rows", "alike", "linked"])
