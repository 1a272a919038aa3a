"""The list of background work, one job's progress, and the two things one can do with it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import jobs
from aperto.kernel.access.actor import Actor
from aperto.kernel.jobs import Job, State
from aperto.web.door import done, person_page
from aperto.web.jobs.progress import progress_of
from aperto.web.request import Request
from aperto.web.shell import render

SHOWN = 50
EVERYBODY = "everybody"
DEAD = "failed"
ENDED = '{"rows-changed": true}'  # what waits for a job shows its outcome


def within_reach(actor: Actor) -> QuerySet[Job]:
    """One's own jobs; an administrator's reach is everybody's and what the schedules started."""
    if actor.configures:
        return jobs.find_all()
    return jobs.find(actor.user_id) if actor.user_id else jobs.find_all().none()


def job_for(request: Request, job: UUID) -> Job:
    found = within_reach(request.actor).filter(pk=job).first()
    if found is None:
        raise Http404
    return found


@require_GET
@person_page
def index(request: Request) -> HttpResponse:
    actor = request.actor
    chosen = request.GET.get("show", "") if actor.configures else ""
    if chosen == DEAD:
        found = jobs.find_all([State.DEAD])
    elif chosen == EVERYBODY or actor.user_id is None:
        found = within_reach(actor)
    else:
        found = jobs.find(actor.user_id)
    listed = [progress_of(job) for job in found[:SHOWN]]
    context = {"jobs": listed, "chosen": chosen, "configures": actor.configures}
    return render(request, "jobs/index.html", context)


@require_GET
@person_page
def show(request: Request, job: UUID) -> HttpResponse:
    progress = progress_of(job_for(request, job))
    context = {"job": progress, "configures": request.actor.configures}
    headers = {} if progress.is_open else {"HX-Trigger": ENDED}
    return render(request, "jobs/job.html", context, part="progress", headers=headers)


@require_POST
@person_page
def cancel(request: Request, job: UUID) -> HttpResponse:
    if jobs.cancel(job_for(request, job)):
        return _again(request, job, _("The work stops at its next step."))
    return _again(request, job, _("The work had ended already."), tone="info")


@require_POST
@person_page
def retry(request: Request, job: UUID) -> HttpResponse:
    """Trying again is for whoever sees what went wrong."""
    if not request.actor.configures:
        raise Http404
    if jobs.retry(job_for(request, job)):
        return _again(request, job, _("It will be tried again."))
    return _again(request, job, _("This work has not failed."), tone="info")


def _again(request: Request, job: UUID, text: str, tone: str = "good") -> HttpResponse:
    """The job as it is now, where it stood; without scripts, its page."""
    answer = done(request, text, tone=tone, to=f"/jobs/{job}")
    if answer.status_code != 204:
        return answer
    context = {"job": progress_of(job_for(request, job)), "configures": request.actor.configures}
    headers = {"HX-Trigger": answer.headers["HX-Trigger"]}
    return render(request, "jobs/job.html", context, part="progress", headers=headers)
