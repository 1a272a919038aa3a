"""When I am reminded of what does not say so itself."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel.errors import Invalid
from aperto.kernel.fields.duration import Duration
from aperto.kernel.reminders import habits
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.people.doors import person
from aperto.web.request import Request
from aperto.web.saying import say


@require_http_methods(["GET", "POST"])
@person
def show(request: Request) -> HttpResponse:
    fields = _asked(request)
    if request.method == "GET":
        return _page(request, fields, None)
    typed = read(fields, request.POST, request.actor.viewer)
    if not typed.errors:
        try:
            habits.choose(request.actor, typed.values)
        except Invalid as invalid:
            typed.add(invalid.errors)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(reverse("reminders"))
    return _page(request, fields, typed)


def _asked(request: Request) -> list[Duration]:
    """A question for each object that can remind: it is named like the object."""
    asked = []
    for declaration, field in habits.reminding(request.actor):
        copy = field.copy()
        copy.label, copy.help, copy.readonly = declaration.plural, "", False
        copy.key = declaration.key
        asked.append(copy)
    return list(asked)


def _page(request: Request, fields: list[Duration], typed: Typed | None) -> HttpResponse:
    held = habits.habit_of(request.actor) | (typed.values if typed else {})
    context = {
        "controls": controls(fields, held, request.actor, typed),
    }
    return render(request, "reminders/reminders.html", context, status=422 if typed else 200)
