"""Undo of a whole import, as a job: what others have changed since stays."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel import changes, jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.batches import taken_back
from aperto.transfer import models as books
from aperto.transfer.models import ImportRun

UNDOABLE = (ImportRun.DONE, ImportRun.STOPPED)
PART = 500  # changes between two looks at whether to stop


def start_undo(actor: Actor, run: ImportRun) -> bool:
    """Hands the undo to a job; False when the run is not in a state to be undone."""
    with transaction.atomic():
        mine = books.runs().filter(pk=run.pk, state__in=UNDOABLE)
        if not mine.update(state=ImportRun.UNDOING, undone=0, kept=0):
            return False
        label = _("Undo of the import of %(file)s") % {"file": run.name}
        task = undo_rows.using(actor_id=actor.user_id, label=label[:300])
        job = UUID(task.enqueue(str(run.pk), str(actor.user_id)).id)
        books.runs().filter(pk=run.pk).update(job=job)
    run.refresh_from_db()
    return True


@jobs.task(takes_context=True, label=gettext_lazy("Undo of an import"), max_attempts=5)
def undo_rows(context: jobs.JobContext, key: str, user: str) -> dict[str, Any]:
    """In the name of whoever asked, so that rights count. Calling it again goes on where it stopped."""
    run = books.runs().get(pk=UUID(key))
    actor = actors.of_user(people.get(UUID(user)))
    with override(actor.viewer.language):
        changes.undo_batch(actor, run.batch, via="import", between=context.check_cancelled)
    run.undone, run.kept = taken_back(run.batch)
    run.state = ImportRun.UNDONE
    run.save(update_fields=["undone", "kept", "state"])
    return {"counts": {"undone": run.undone, "kept": run.kept}, "url": f"/imports/{run.pk}"}
