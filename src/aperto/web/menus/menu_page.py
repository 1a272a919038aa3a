"""Settings → menu: the navigation in one's own order and groups, for everybody or for a role."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.layouts.menu import MenuPlan, read
from aperto.web.layouts.audience import Audience
from aperto.web.layouts.canvas import blank
from aperto.web.layouts.editor_page import said
from aperto.web.menus import held
from aperto.web.people.choices import role_choices
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import drawn, render


@administrator
def edit(request: Request) -> HttpResponse:
    role = _role(request)
    plan: MenuPlan | None = None
    status = 200
    if request.method == "POST":
        given = _given(request)
        try:
            plan, status = read(given), 422
            change = held.keep(request.actor, role, given)
            say(request, _("Saved"), change)
            return HttpResponseRedirect(_url(role))
        except (FieldError, Invalid) as error:
            status = 422
            messages.error(request, said(error))
    plan = plan or held.plan_for(request.actor, role)
    return render(request, "menus/menu.html", _context(request, role, plan), status=status)


def _context(request: Request, role: str, plan: MenuPlan | None) -> dict[str, Any]:
    named = [row.values["for_role"] or "" for row in held.everything(request.actor)]
    return {
        "canvas": [held.canvas(plan)],
        "blank": blank(),
        "audience": Audience(role),
        "roles": role_choices(),
        "others": [{"url": _url(key), "label": Audience(key).label} for key in named if key != role],
        "stored": held.find(request.actor, role),
    }


@require_POST
@administrator
def show_preview(request: Request) -> HttpResponse:
    try:
        plan = read(_given(request))
    except FieldError as error:
        return render(request, "menus/preview.html", {"refused": said(error)}, status=422)
    return render(request, "menus/preview.html", {"nav": drawn(request.actor, "/", plan)})


@require_POST
@administrator
def reset(request: Request) -> HttpResponse:
    role = _role(request)
    found = held.find(request.actor, role)
    if found is not None:
        say(request, _("The standard is back."), held.reset(request.actor, found.id))
    return HttpResponseRedirect(_url(role))


def _role(request: Request) -> str:
    return Audience.of(request.GET).role


def _url(role: str) -> str:
    return reverse("menu") + Audience(role).query


def _given(request: Request) -> dict[str, Any]:
    """What cannot be read at all is a menu without groups, which the kernel refuses."""
    try:
        return held.arrangement(json.loads(request.POST.get("arrangement", "")))
    except ValueError:
        return held.arrangement({})
