"""One import from its mapping to its result. A run that is not the actor's is not there."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import jobs
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.transfer import failures, intake, uploads
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices
from aperto.transfer.detection import Layout
from aperto.transfer.models import ImportRun
from aperto.transfer.proposal import columns_of, propose
from aperto.transfer.reading import Unreadable
from aperto.transfer.undoing import UNDOABLE, start_undo
from aperto.web.door import done, person_page
from aperto.web.request import Request
from aperto.web.shell import is_partial, render
from aperto.web.transfers import form, remembering, result
from aperto.web.transfers.correction import FEW, heads, rows_to_correct
from aperto.web.transfers.going import to
from aperto.web.transfers.preview import preview_of
from aperto.web.transfers.trying import trial_of


@require_GET
@person_page
def show(request: Request, run: UUID) -> HttpResponse:
    found = runs.find(request.actor, run)
    if found.state == ImportRun.DRAFT:
        return mapping_page(request, draft_of(request, run))
    return _result(request, found)


# -- mapping -----------------------------------------------------------------------------------------


def mapping_page(request: Request, run: ImportRun, problem: str = "") -> HttpResponse:
    actor = request.actor
    declaration = for_actor(actor, registry.get(run.object))
    if not runs.may_import(actor, declaration):
        raise Refused(Verb.IMPORT)
    choices = Choices.from_json(run.choices)
    with uploads.table_of(run) as table:
        columns = columns_of(table)
        context = {
            "run": run,
            "declaration": declaration,
            "problem": problem,
            "rows": form.mapping_rows(actor, declaration, columns, choices),
            "layout": form.layout_selects(table.layout),
            "matches": form.match_options(actor, declaration, choices),
            "modes": form.mode_options(choices),
            "flags": form.flag_options(choices),
            "hidden": form.hidden_flags(choices),
            "preview": preview_of(actor, declaration, table, choices),
            "trial": trial_of(run, actor.viewer),
            "remembered": remembering.context(request, run, choices),
        }
    return render(request, "transfers/mapping.html", context, part="wizard")


@require_POST
@person_page
def choose(request: Request, run: UUID) -> HttpResponse:
    """Keeps what the form says, and shows what follows from it."""
    found = draft_of(request, run)
    problem = keep_form(request, found)
    return mapping_page(request, found, problem)


def draft_of(request: Request, key: UUID) -> ImportRun:
    run = runs.find(request.actor, key)
    if run.state != ImportRun.DRAFT or run.user != request.actor.user_id or not run.place:
        raise Missing(key)  # a draft whose file was removed after a month is over
    return run


def keep_form(request: Request, run: ImportRun) -> str:
    """Takes the form over; returns what is wrong with the layout, which then stays as it was."""
    actor = request.actor
    declaration = for_actor(actor, registry.get(run.object))
    before = Layout.from_json(run.layout)
    layout = form.read_layout(request.POST, before)
    try:
        if layout != before:
            intake.read_as(run, layout)
            with uploads.table_of(run) as table:
                run.choices = propose(actor, declaration, table).to_json()
        else:
            with uploads.table_of(run) as table:
                columns = columns_of(table)
            held = remembering.chosen(request, run) or Choices.from_json(run.choices)
            run.choices = (
                held
                if remembering.is_chosen(request)
                else form.read_choices(actor, declaration, columns, request.POST, held)
            ).to_json()
    except Unreadable as problem:
        run.refresh_from_db()
        return str(problem)
    run.trial = {}
    run.save(update_fields=["place", "layout", "header", "rows", "choices", "trial"])
    return ""


@require_POST
@person_page
def start(request: Request, run: UUID) -> HttpResponse:
    found = runs.find(request.actor, run)
    if found.state == ImportRun.DRAFT:
        draft = draft_of(request, run)
        problem = keep_form(request, draft) if "matching" in request.POST else ""
        found.refresh_from_db()
        if problem or not found.choices.get("mapping"):
            return mapping_page(request, found, problem or _("Say where at least one column goes."))
        runs.start(request.actor, found)
    return to(request, f"/imports/{run}")


@require_POST
@person_page
def discard(request: Request, run: UUID) -> HttpResponse:
    """Gives a draft up: its file is removed at once."""
    found = draft_of(request, run)
    uploads.discard(found)
    found.delete()
    return to(request, f"/{found.object}")


# -- result ------------------------------------------------------------------------------------------


def _result(request: Request, run: ImportRun) -> HttpResponse:
    running = run.state in result.RUNNING
    progress = result.progress_of(run) if running else None
    if progress is not None and progress.stuck:
        run.refresh_from_db()  # it may have ended between the two looks
        running = run.state in result.RUNNING and not result.progress_of(run).stuck
    context = {
        "run": run,
        "declaration": registry.get(run.object),
        "progress": progress if running else None,
        "stuck": not running and run.state in result.RUNNING,
        "counts": result.counts_of(run, request.actor.viewer),
        "sum": result.sum_of(run, request.actor.viewer),
        "remarks": result.remarks_of(run),
        "undone": result.undone_sentence(run) if run.state == ImportRun.UNDONE else "",
        "undoable": run.state in UNDOABLE and (run.created or run.updated or run.linked),
        "correctable": not running and run.failed and run.state in UNDOABLE,
        "few": run.failed <= FEW,
        "refused": rows_to_correct(run) if not running and run.failed else [],
        "heads": heads(run),
        "mine": run.user == request.actor.user_id,
    }
    return render(request, "transfers/result.html", context, part="result")


@require_POST
@person_page
def cancel(request: Request, run: UUID) -> HttpResponse:
    """What has come in stays, and can be undone."""
    found = runs.find(request.actor, run)
    job = result.job_of(found)
    if job is not None and found.state == ImportRun.STARTED and jobs.cancel(job):
        job.refresh_from_db()
        if job.state == jobs.State.CANCELLED:
            found.state = ImportRun.STOPPED
            found.save(update_fields=["state"])
    return to(request, f"/imports/{run}") if not is_partial(request) else _result(request, found)


@require_POST
@person_page
def undo(request: Request, run: UUID) -> HttpResponse:
    found = runs.find(request.actor, run)
    if not start_undo(request.actor, found):
        return done(request, _("This import cannot be undone any more."), tone="bad", to=f"/imports/{run}")
    return to(request, f"/imports/{run}")


@require_GET
@person_page
def refused_rows(request: Request, run: UUID) -> StreamingHttpResponse:
    """The refused rows as a file."""
    found = runs.find(request.actor, run)
    with override(request.actor.viewer.language):
        name = failures.file_name(found)
    answer = StreamingHttpResponse(failures.as_csv(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer
