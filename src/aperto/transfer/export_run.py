"""Exports of many records: written by a job into the storage, told how far they are, fetched when ready.

Only whoever asked may fetch the file, while they may still export; it is removed after a week.
"""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel import jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import Filter
from aperto.kernel.query.json import from_json, to_json
from aperto.transfer import export
from aperto.transfer import models as books
from aperto.transfer.models import ExportRun
from aperto.transfer.writers.base import Wanted, Writer
from aperto.transfer.writers.table import WRITERS, fitting

AT_ONCE = 10_000  # above it, a job writes the file
FOLDER = "exports"
KEPT = timedelta(days=7)


def writer_for(declaration: ObjectType, key: str) -> Writer:
    """The format of this name; Missing where the object cannot be told in it."""
    found = WRITERS.get(key)
    if found is None or found not in fitting(declaration):
        raise Missing(key)
    return found


def begin(
    actor: Actor,
    object_key: str,
    writer: Writer,
    *,
    filter: Filter | None = None,
    ids: Iterable[UUID] | None = None,
    columns: Sequence[str] | None = None,
    sort: str = "",
    options: str = "",
    total: int = 0,
) -> ExportRun:
    """Hands the export to a job."""
    declaration = registry.get(object_key)
    if not export.may_export(actor, declaration) or actor.user_id is None:
        raise Refused(Verb.EXPORT)
    wanted = {
        "filter": to_json(filter),
        "ids": None if ids is None else [str(key) for key in ids],
        "columns": None if columns is None else list(columns),
        "sort": sort,
        "options": options,
    }
    with transaction.atomic():
        run = ExportRun(object=object_key, user=actor.user_id, format=writer.key, wanted=wanted, rows=total)
        run.save(force_insert=True)
        label = _("Export of %(objects)s") % {"objects": declaration.plural}
        task = write_file.using(actor_id=actor.user_id, idempotency_key=f"export {run.pk}", label=label[:300])
        run.job = UUID(task.enqueue(str(run.pk)).id)
        run.save(update_fields=["job"])
    return run


def wanted_of(actor: Actor, run: ExportRun) -> Wanted:
    """What was asked for, as far as the actor may take it out now."""
    plain = run.wanted
    chosen = export.selection(actor, run.object).matching(from_json(plain["filter"]))
    if plain["ids"] is not None:
        chosen = chosen.only([UUID(key) for key in plain["ids"]])
    declaration = for_actor(actor, registry.get(run.object))
    keys = columns_in(WRITERS[run.format], actor, declaration, plain["columns"])
    return Wanted(chosen, keys, plain["sort"], plain["options"])


def columns_in(
    writer: Writer, actor: Actor, declaration: ObjectType, columns: Sequence[str] | None
) -> list[str]:
    """The columns that this format holds when these are asked for."""
    return export.columns_for(actor, declaration, None if writer.whole else columns)


@jobs.task(takes_context=True, label=gettext_lazy("Export"), max_attempts=3)
def write_file(context: jobs.JobContext, key: str) -> dict[str, Any]:
    """Writes the file anew from its beginning, however often the job is tried."""
    run = books.exports().get(pk=UUID(key))
    actor = actors.of_user(people.get(run.user))
    with override(actor.viewer.language):
        try:
            _write(context, run, wanted_of(actor, run))
        except Refused:
            run.state = ExportRun.REFUSED
        except jobs.Cancelled:
            run.state = ExportRun.STOPPED
            run.save(update_fields=["state"])
            raise
    run.save()
    return {"counts": {"rows": run.rows}, "url": f"/exports/{run.pk}"}


def _write(context: jobs.JobContext, run: ExportRun, wanted: Wanted) -> None:
    counted = Counted(wanted, context, run.rows)
    with tempfile.NamedTemporaryFile() as copy:
        for piece in WRITERS[run.format].write(counted):
            copy.write(piece)
        copy.flush()
        run.size = Path(copy.name).stat().st_size
        with Path(copy.name).open("rb") as stream:
            run.place = default_storage.save(f"{FOLDER}/{uuid7().hex}", File(stream))
    run.rows, run.state, run.finished_at = counted.number, ExportRun.DONE, datetime.now(UTC)


class Counted(Wanted):
    """Tells the job how far it is, and lets it be cancelled between two rows."""

    def __init__(self, wanted: Wanted, context: jobs.JobContext, total: int) -> None:
        super().__init__(wanted.chosen, wanted.keys, wanted.sort, wanted.options)
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "number", 0)

    context: jobs.JobContext
    total: int
    number: int

    def rows(self) -> Any:
        for number, row in enumerate(super().rows(), 1):
            if number % 500 == 0:
                self.context.check_cancelled()
                self.context.progress(number, max(self.total, number))
            object.__setattr__(self, "number", number)
            yield row


def find(actor: Actor, key: UUID) -> ExportRun:
    """One's own; Missing for everybody else's, and once the right is gone."""
    run = books.exports().filter(pk=key, user=actor.user_id).first() if actor.user_id else None
    if run is None or run.object not in registry or not export.may_export(actor, registry.get(run.object)):
        raise Missing(key)
    return run


def forget_old() -> int:
    """Removes files that nobody fetched for a week, and what was asked."""
    old = list(books.exports().filter(created_at__lt=datetime.now(UTC) - KEPT))
    for run in old:
        if run.place:
            default_storage.delete(run.place)
        run.delete()
    return len(old)
