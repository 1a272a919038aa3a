"""Set-up by needs: the list to answer, what would follow, and applying it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.access import organisation
from aperto.kernel.configuration.document import Problem, Unfit
from aperto.kernel.errors import Invalid
from aperto.kernel.needs.catalogue import FIELD, MODULE, OBJECT
from aperto.kernel.needs.definitions import PRIORITIES
from aperto.packs import answers, packs
from aperto.packs.answers import Answers, Plan
from aperto.packs.serving import PANEL, together
from aperto.web.needs import lines
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import render


@require_GET
@administrator
def show(request: Request) -> HttpResponse:
    return _form(request, answers.given(request.actor), bool(request.GET.get("first")))


@require_POST
@administrator
def review(request: Request) -> HttpResponse:
    """What follows from the answers; nothing is changed."""
    try:
        said = _sent(request)
        plan = answers.plan(request.actor, said, get_language())
    except (Invalid, Unfit) as error:
        return _refused(request, error)
    context = {
        "answers": lines.by_priority(said),
        "first": request.POST.get("first", ""),
        "follows": _told(plan),
        "packs": [(each, ", ".join(packs.brought(each, get_language()))) for each in plan.packs],
        "differs": bool(plan.diff),
    }
    return render(request, "needs/review.html", context)


@require_POST
@administrator
def apply(request: Request) -> HttpResponse:
    """All of it, with one way back, or nothing."""
    try:
        batch = answers.apply(request.actor, _sent(request))
    except (Invalid, Unfit) as error:
        return _refused(request, error)
    undo = reverse("undo_batch", args=[batch]) if batch else None
    say(request, _("Your needs are kept, and the product fits them."), undo)
    return HttpResponseRedirect("/" if request.POST.get("first") else reverse("needs"))


@require_GET
@administrator
def document(request: Request) -> HttpResponse:
    """The list as requirements, to be printed."""
    context = {
        "firm": organisation.current().name,
        "today": localdate(),
        "sections": lines.by_priority(answers.given(request.actor)),
    }
    return render(request, "needs/document.html", context)


def _sent(request: Request) -> Answers:
    return lines.sent(request.POST, answers.given(request.actor))


def _form(
    request: Request, said: Answers, first: bool, problems: Iterable[Problem] = (), status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "sections": lines.by_group(said),
        "priorities": PRIORITIES.items(),
        "first": first,
        "problems": list(problems),
    }
    return render(request, "needs/needs.html", context, status=status)


def _refused(request: Request, error: Invalid | Unfit) -> HttpResponse:
    """The form with what was typed, as far as it was understood."""
    if isinstance(error, Unfit):
        return _form(request, _sent(request), bool(request.POST.get("first")), error.problems, 422)
    for found in error.errors.values():
        messages.error(request, " ".join(str(each) for each in found))
    return _form(request, answers.given(request.actor), bool(request.POST.get("first")), status=422)


def _told(plan: Plan) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """What goes and what comes back, each by what it is."""
    kinds = {MODULE: _("Modules"), OBJECT: _("Menu entries"), FIELD: _("Fields"), PANEL: _("Panels")}
    found = []
    for hide, title in ((True, _("Gets out of sight")), (False, _("Comes back"))):
        named = [(label, _parts(plan, kind, hide)) for kind, label in kinds.items()]
        if shown := [(label, parts) for label, parts in named if parts]:
            found.append((title, shown))
    return found


def _parts(plan: Plan, kind: str, hide: bool) -> list[str]:
    found = [each for each in plan.effects if (each.kind, each.hide) == (kind, hide)]
    return together([each.key for each in found]) if kind == FIELD else [each.label for each in found]
