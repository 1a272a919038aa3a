"""An export that a job writes: how far it is, its file, and giving it up. Another's is not there."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import jobs
from aperto.kernel.errors import Missing
from aperto.kernel.jobs import Job
from aperto.kernel.objects.registry import registry
from aperto.transfer import export_run
from aperto.transfer.models import ExportRun
from aperto.transfer.writers.table import WRITERS
from aperto.web.door import person_page
from aperto.web.jobs.progress import progress_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render
from aperto.web.transfers.going import to


@require_GET
@person_page
def show(request: Request, run: UUID) -> HttpResponse:
    return _page(request, export_run.find(request.actor, run))


def _page(request: Request, run: ExportRun) -> HttpResponse:
    job = job_of(run)
    progress = progress_of(job) if job is not None and run.state == ExportRun.STARTED else None
    if progress is not None and not progress.is_open:
        run.refresh_from_db()
        progress = None
    context = {"run": run, "declaration": registry.get(run.object), "progress": progress}
    return render(request, "transfers/exported.html", context, part="exported")


@require_GET
@person_page
def file(request: Request, run: UUID) -> HttpResponseBase:
    found = export_run.find(request.actor, run)
    if not found.place:
        raise Missing(run)
    writer = WRITERS[found.format]
    name = f"{registry.get(found.object).plural}.{writer.ending}"
    answer = FileResponse(
        default_storage.open(found.place), as_attachment=True, filename=name, content_type=writer.content_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def job_of(run: ExportRun) -> Job | None:
    return jobs.find_all().filter(pk=run.job).first() if run.job else None


@require_POST
@person_page
def cancel(request: Request, run: UUID) -> HttpResponse:
    found = export_run.find(request.actor, run)
    job = job_of(found)
    if job is not None and found.state == ExportRun.STARTED and jobs.cancel(job):
        job.refresh_from_db()
        if job.state == jobs.State.CANCELLED:
            found.state = ExportRun.STOPPED
            found.save(update_fields=["state"])
    return _page(request, found) if is_partial(request) else to(request, f"/exports/{run}")
