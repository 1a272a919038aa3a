"""All pipelines with their stages at a glance; each is a record, and edited on its own page."""

from itertools import groupby

from django.http import HttpResponse

from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shell import render


@administrator
def show(request: Request) -> HttpResponse:
    stages.forget()
    found = []
    for pipeline, steps in groupby(stages.all_steps(), key=lambda step: step.pipeline):
        listed = list(steps)
        declaration = registry.get(listed[0].of_object) if listed[0].of_object in registry else None
        found.append(
            {
                "id": pipeline,
                "name": listed[0].pipeline_name,
                "plural": declaration.plural if declaration else listed[0].of_object,
                "icon": declaration.icon if declaration else "layout-kanban",
                "steps": listed,
                "next": max(step.position for step in listed) + 1,
            }
        )
    return render(request, "settings/pipelines.html", {"pipelines": found})
