"""A stage is retired: where its records go is asked first, and one undo brings all of it back."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import changes, jobs
from aperto.kernel.access import actors, people
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.retire import Retired, retire, standing
from aperto.kernel.pipelines.stages import Step
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.settings.pipeline_forms import RetireForm
from aperto.web.settings.stages_page import step_of
from aperto.web.shell import render

VIA = "page"
MANY = 500  # records that are moved while one waits


@administrator
def show(request: Request, stage: UUID) -> HttpResponse:
    step = step_of(stage)
    count = standing(request.actor, step).count()
    others = [each for each in stages.of_object(step.of_object) if each.id != stage]
    others.sort(key=lambda each: each.pipeline != step.pipeline)
    form = RetireForm(request.POST or None, others=others)
    if not count.number:
        del form.fields["into"]
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["into"] if count.number else ""
        into = next((each for each in others if str(each.id) == chosen), None)
        if count.number > MANY and into is not None:
            return _later(request, step, into)
        done = _at_once(request, step, into, form)
        if done is not None:
            return done
    context = {"form": form, "step": step, "count": count, "others": others}
    return render(request, "settings/retire.html", context, status=422 if form.errors else 200)


def _at_once(request: Request, step: Step, into: Step | None, form: RetireForm) -> HttpResponse | None:
    """All of it or nothing: where one record cannot go there, the form says why."""
    batch = changes.new_batch()
    try:
        with transaction.atomic():
            result = retire(request.actor, step, into, via=VIA, batch=batch)
            if result.refused:
                raise Invalid({"": list(result.reasons)})
    except Invalid as invalid:
        stages.forget()
        form.add_error(None, invalid.messages)
        return None
    told = _("The stage “%(name)s” is retired.") % {"name": step.name}
    say(request, told, f"/undo/batch/{batch}")
    return HttpResponseRedirect(reverse("pipeline", args=[step.pipeline]))


def _later(request: Request, step: Step, into: Step) -> HttpResponse:
    label = _("Retire the stage %(name)s") % {"name": step.name}
    task = retire_stage.using(actor_id=request.actor.user_id, label=label)
    with transaction.atomic():
        result = task.enqueue(str(step.id), str(into.id), str(changes.new_batch()))
    return HttpResponseRedirect(f"/jobs/{result.id}")


@jobs.task(takes_context=True, label=gettext_lazy("Retire a stage"), max_attempts=3)
def retire_stage(context: jobs.JobContext, stage: str, into: str, batch: str) -> dict[str, object]:
    """Moves what can be moved; with one refused the stage stays, and says why."""
    if context.actor_id is None:
        raise Missing("actor")
    actor = actors.of_user(people.get(context.actor_id))
    step, target = step_of(UUID(stage)), step_of(UUID(into))
    total = standing(actor, step).count().number

    def between(done: int) -> None:
        context.check_cancelled()
        context.progress(done, max(total, done))

    result: Retired = retire(actor, step, target, via=VIA, batch=UUID(batch), between=between)
    counts = {"changed": result.moved} | ({"refused": result.refused} if result.refused else {})
    return {"batch": batch, "counts": counts, "reasons": list(result.reasons)}
