"""The list of background work, one job's progress, and the two things one can do with it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import jobs
from aperto.kernel.access.actor import Actor
from aperto.kernel.jobs import Job, State
from aperto.web.door import done
from aperto.web.jobs.progress import progress_of
from aperto.web.shell import is_partial, render

SHOWN = 50
EVERYBODY = "everybody"
DEAD = "failed"


def within_reach(actor: Actor) -> QuerySet[Job]:
    """One's own jobs; an administrator's reach is everybody's and what the schedules started."""
    if actor.configures:
        return jobs.find_all()
    return jobs.find(actor.user_id) if actor.user_id else jobs.find_all().none()


def job_for(request: HttpRequest, job: UUID) -> Job:
    found = within_reach(request.actor).filter(pk=job).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
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
def show(request: HttpRequest, job: UUID) -> HttpResponse:
    context = {"job": progress_of(job_for(request, job)), "configures": request.actor.configures}  # type: ignore[attr-defined]
    return render(request, "jobs/job.html", context, part="progress" if is_partial(request) else "")


@require_POST
def cancel(request: HttpRequest, job: UUID) -> HttpResponse:
    if jobs.cancel(job_for(request, job)):
        return _again(request, job, _("The work stops at its next step."))
    return _again(request, job, _("The work had ended already."), tone="info")


@require_POST
def retry(request: HttpRequest, job: UUID) -> HttpResponse:
    """Trying again is for whoever sees what went wrong."""
    if not request.actor.configures:  # type: ignore[attr-defined]
        raise Http404
    if jobs.retry(job_for(request, job)):
        return _again(request, job, _("It will be tried again."))
    return _again(request, job, _("This work has not failed."), tone="info")


def _again(request: HttpRequest, job: UUID, text: str, tone: str = "good") -> HttpResponse:
    """The job as it is now, where it stood; without scripts, its page."""
    answer = done(request, text, tone=tone, to=f"/jobs/{job}")
    if answer.status_code != 204:
        return answer
    context = {"job": progress_of(job_for(request, job)), "configures": request.actor.configures}  # type: ignore[attr-defined]
    headers = {"HX-Trigger": answer.headers["HX-Trigger"]}
    return render(request, "jobs/job.html", context, part="progress", headers=headers)
