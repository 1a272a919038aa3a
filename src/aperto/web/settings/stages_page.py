"""Stages of a pipeline: added in place, put in order, and edited."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.changes import Draft
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.kernel.records import visible
from aperto.web.people import forms as parts
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.settings.pipeline_forms import NewStageForm, StageForm
from aperto.web.settings.pipelines_page import VIA, steps_of
from aperto.web.shell import is_partial, render

HUE_OF = {"open": "blue", "won": "green", "lost": "red"}
LIKELY = {"open": 50, "won": 100, "lost": 0}


def step_of(stage: UUID) -> Step:
    stages.forget()
    step = stages.find(stage)
    if step is None:
        raise Missing(stage)
    return step


@require_POST
@administrator
def add(request: Request, pipeline: UUID) -> HttpResponse:
    """An open stage comes before the ends, an end at the end."""
    stages.forget()
    visible(request.actor, "pipeline").get(pipeline)
    form, steps = NewStageForm(request.POST), steps_of(pipeline)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        place = sum(kind != "open" or step.kind == "open" for step in steps)
        made = Ref("pipeline", pipeline)
        values = form.cleaned_data | {"pipeline": made, "hue": HUE_OF[kind], "probability": LIKELY[kind]}
        key = uuid7()
        try:
            with transaction.atomic():
                _create(request, key, values | {"position": place})
                keys = [step.id for step in steps]
                _arrange(request, [*keys[:place], key, *keys[place:]])
            form = NewStageForm()
        except Invalid as invalid:
            parts.show(form, invalid)
    if not is_partial(request):
        return HttpResponseRedirect(reverse("pipeline", args=[pipeline]))
    stages.forget()
    context = {"pipeline": {"id": pipeline, "steps": steps_of(pipeline)}, "new": form}
    status = 422 if form.errors else 200
    return render(request, "settings/pipeline.html", context, part="stages", status=status)


def _create(request: Request, key: UUID, values: dict[str, Any]) -> None:
    [outcome] = changes.save_many(request.actor, "stage", [Draft(values, id=key)], via=VIA)
    if outcome.error is not None:
        raise outcome.error


def _arrange(request: Request, keys: Sequence[UUID]) -> None:
    drafts = [Draft({"position": place}, record=key) for place, key in enumerate(keys)]
    for outcome in changes.save_many(request.actor, "stage", drafts, via=VIA, batch=changes.new_batch()):
        if outcome.error is not None:
            raise outcome.error


@require_POST
@administrator
def order(request: Request, pipeline: UUID) -> HttpResponse:
    """The stages in the order that they were put in; what is not named keeps its place at the end."""
    stages.forget()
    held = [step.id for step in steps_of(pipeline)]
    asked = [key for key in request.POST.get("order", "").split(",") if key]
    named = [each for key in asked for each in held if str(each) == key]
    if not named or len(named) != len(asked):
        return HttpResponse(status=400)
    _arrange(request, list(dict.fromkeys([*named, *held])))
    return HttpResponse(status=204)


@administrator
def edit(request: Request, stage: UUID) -> HttpResponse:
    step = step_of(stage)
    others = [each for each in stages.of_object(step.of_object) if each.id != stage]
    others.sort(key=lambda each: each.pipeline != step.pipeline)
    initial = {
        "name": step.name,
        "kind": step.kind,
        "hue": step.hue,
        "probability": step.probability.normalize().__format__("f"),
        "ageing_days": step.ageing_days,
        "required_fields": list(step.required),
        "moves": [str(key) for key in step.moves],
    }
    form = StageForm(request.POST or None, initial=initial, step=step, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            changes.save(request.actor, visible(request.actor, "stage").get(stage), form.values(), via=VIA)
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(reverse("pipeline", args=[step.pipeline]))
        except Invalid as invalid:
            parts.show(form, invalid)
    context = {"form": form, "step": step}
    return render(request, "settings/stage.html", context, status=422 if form.errors else 200)
