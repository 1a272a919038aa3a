"""A trial of an import: the very same work, in one transaction that is taken back at its end.

So the report of a trial cannot differ from that of the import, and nothing stays but the report. While it
runs, it holds what it would write; that is why only files of some thousand rows can be tried.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel import jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Refused
from aperto.kernel.objects.registry import registry
from aperto.transfer import failures
from aperto.transfer import models as books
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable

MOST = 10_000
TOLD = 50
NUMBERS = (*runs.COUNTS, "rows", "linked", "alike")


def start_trial(actor: Actor, run: ImportRun) -> None:
    """Hands a draft's trial to a job; Unreadable says why it cannot be tried."""
    if actor.user_id != run.user or not runs.may_import(actor, registry.get(run.object)):
        raise Refused(Verb.IMPORT)
    if run.rows > MOST:
        words = {"rows": run.rows, "most": MOST}
        raise Unreadable(
            _("A trial takes at most %(most)s rows; this file has %(rows)s. Try a part of it.") % words
        )
    with transaction.atomic():
        label = _("Trial of the import of %(file)s") % {"file": run.name}
        task = try_rows.using(actor_id=actor.user_id, label=label[:300])
        run.trial = {"job": str(task.enqueue(str(run.pk), str(actor.user_id)).id)}
        run.save(update_fields=["trial", "choices"])


@jobs.task(takes_context=True, label=gettext_lazy("Trial of an import"), max_attempts=2)
def try_rows(context: jobs.JobContext, key: str, user: str) -> dict[str, Any]:
    """In the name of whoever asked; what was changed in the mapping meanwhile makes the report void."""
    run = books.runs().get(pk=UUID(key))
    asked = run.trial
    if context.lease is not None and asked != {"job": str(context.lease.job.pk)}:
        return {}
    actor = actors.of_user(people.get(UUID(user)))
    with override(actor.viewer.language):
        try:
            report = tried(actor, run)
        except (Refused, Unreadable) as refusal:
            report = {"problem": str(refusal)}
    books.runs().filter(pk=run.pk, state=ImportRun.DRAFT, trial=asked).update(trial=report)
    return {"counts": {name: report.get(name, 0) for name in runs.COUNTS}, "url": f"/imports/{run.pk}"}


def tried(actor: Actor, run: ImportRun) -> dict[str, Any]:
    """The report that the import would give now."""
    with transaction.atomic():
        runs.carry_out_here(actor, run, lambda done, total: None)
        report: dict[str, Any] = {name: getattr(run, name) for name in NUMBERS}
        report["failures"] = [
            {"number": each.number, "cells": each.cells, "reasons": each.reasons}
            for each in failures.first(run, TOLD)
        ]
        transaction.set_rollback(True)
    run.refresh_from_db()
    return report
