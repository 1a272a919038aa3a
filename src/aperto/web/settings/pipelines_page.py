"""Settings → pipelines: each with its stages in order, whose it is and what it is of."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.kernel.records import Row, visible
from aperto.web.people import forms as parts
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say, say_why_not
from aperto.web.settings.pipeline_forms import NewStageForm, PipelineForm
from aperto.web.shell import render

VIA = "page"
COLUMNS = ("name", "of_object", "teams", "position")


@administrator
def show(request: Request) -> HttpResponse:
    stages.forget()
    rows = visible(request.actor, "pipeline").page(columns=COLUMNS, sort="position", limit=200).rows
    return render(request, "settings/pipelines.html", {"pipelines": [_shown(row) for row in rows]})


def _shown(row: Row) -> dict[str, Any]:
    key = row.values["of_object"]
    declaration = registry.get(key) if key in registry else None
    return {
        "url": reverse("pipeline", args=[row.id]),
        "name": row.title,
        "plural": text_of(declaration.plural) if declaration else key,
        "icon": declaration.icon if declaration else "layout-kanban",
        "teams": ", ".join(ref.title for ref in row.values["teams"] or ()),
        "steps": steps_of(row.id),
    }


def steps_of(pipeline: UUID) -> list[Step]:
    return [step for step in stages.all_steps() if step.pipeline == pipeline]


@administrator
def create(request: Request) -> HttpResponse:
    form = PipelineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last = visible(request.actor, "pipeline").count().number
        try:
            values = form.values() | {"position": last}
            made = changes.create(request.actor, "pipeline", values, via=VIA)
            return HttpResponseRedirect(reverse("pipeline", args=[made.pk]))
        except Invalid as invalid:
            parts.show(form, invalid)
    return render(request, "settings/pipeline.html", {"form": form}, status=422 if form.errors else 200)


@administrator
def edit(request: Request, pipeline: UUID) -> HttpResponse:
    """Its name and whose it is, above its stages; once it has stages, its object stays."""
    stages.forget()
    row, steps = _row(request, pipeline), steps_of(pipeline)
    initial = row.values | {"teams": [str(ref.id) for ref in row.values["teams"] or ()]}
    form = PipelineForm(request.POST or None, initial=initial)
    if steps:
        del form.fields["of_object"]
    if request.method == "POST" and form.is_valid():
        try:
            record = visible(request.actor, "pipeline").get(pipeline)
            changes.save(request.actor, record, form.values(), via=VIA)
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(reverse("pipeline", args=[pipeline]))
        except Invalid as invalid:
            parts.show(form, invalid)
    context = {"form": form, "pipeline": _shown(row) | {"id": pipeline}, "new": NewStageForm()}
    return render(request, "settings/pipeline.html", context, status=422 if form.errors else 200)


def _row(request: Request, pipeline: UUID) -> Row:
    visible(request.actor, "pipeline").get(pipeline)
    return visible(request.actor, "pipeline").only([pipeline]).page(columns=COLUMNS, limit=1).rows[0]


@require_POST
@administrator
def delete(request: Request, pipeline: UUID) -> HttpResponse:
    """Its stages go out of sight with it; one that records stand in is refused."""
    record = visible(request.actor, "pipeline").get(pipeline)
    try:
        change = changes.delete(request.actor, record, via=VIA)
    except Invalid as invalid:
        say_why_not(request, invalid)
        return HttpResponseRedirect(reverse("pipeline", args=[pipeline]))
    told = _("The pipeline “%(name)s” is in the recycle bin.") % {"name": record.title}
    say(request, told, change)
    return HttpResponseRedirect(reverse("pipelines"))
