"""A trial of an import, and what it said."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import jobs
from aperto.kernel.errors import Missing
from aperto.kernel.jobs import UNFINISHED
from aperto.kernel.viewer import Viewer
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable
from aperto.transfer.trial import NUMBERS, start_trial
from aperto.web.door import person_page
from aperto.web.request import Request
from aperto.web.shell import render
from aperto.web.transfers import result
from aperto.web.transfers.going import to


@dataclass(frozen=True)
class Trial:
    """`running`, or what came of it: the same figures and sentences as an import tells."""

    running: bool = False
    problem: str = ""
    counts: list[tuple[str, str, str]] = field(default_factory=list)
    sum: str = ""
    remarks: list[str] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)


def trial_of(run: ImportRun, viewer: Viewer) -> Trial | None:
    told = run.trial
    if not told:
        return None
    if "job" in told:
        job = jobs.find_all().filter(pk=UUID(told["job"])).first()
        going = job is not None and job.state in UNFINISHED
        return Trial(True) if going else Trial(problem=_("The trial did not come to its end."))
    if "problem" in told:
        return Trial(problem=told["problem"])
    figures = ImportRun(**{name: told[name] for name in NUMBERS})
    return Trial(
        counts=result.counts_of(figures, viewer),
        sum=result.sum_of(figures, viewer),
        remarks=_remarks(figures),
        failures=told["failures"],
    )


def _remarks(figures: ImportRun) -> list[str]:
    """As `result.remarks_of`, of what has not happened."""
    if not figures.linked:
        return []
    words = ngettext(
        "%(n)s record that the rows name would be made as well.",
        "%(n)s records that the rows name would be made as well.",
        figures.linked,
    )
    return [words % {"n": figures.linked}]


@require_POST
@person_page
def begin(request: Request, run: UUID) -> HttpResponse:
    """Keeps the form, and tries it."""
    from aperto.web.transfers.pages import draft_of, keep_form, mapping_page  # noqa: PLC0415 - they show trials

    found = draft_of(request, run)
    problem = keep_form(request, found) if "matching" in request.POST else ""
    if not problem and not found.choices.get("mapping"):
        problem = _("Say where at least one column goes.")
    try:
        if not problem:
            start_trial(request.actor, found)
    except Unreadable as refusal:
        problem = str(refusal)
    return mapping_page(request, found, problem) if problem else to(request, f"/imports/{run}")


@require_GET
@person_page
def show(request: Request, run: UUID) -> HttpResponse:
    """How far the trial is; asked for again until it has ended."""
    found = runs.find(request.actor, run)
    if found.state != ImportRun.DRAFT:
        raise Missing(run)
    shown = trial_of(found, request.actor.viewer)
    if shown is not None and shown.problem:
        found.refresh_from_db()  # it may have ended between the two looks
        shown = trial_of(found, request.actor.viewer)
    return render(request, "transfers/trial.html", {"run": found, "trial": shown})
