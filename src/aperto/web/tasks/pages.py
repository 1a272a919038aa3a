"""The page of what is to be done, and one section of it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.worklist import SECTIONS
from aperto.web.door import person_page
from aperto.web.records.about import activities
from aperto.web.request import Request
from aperto.web.shell import is_partial, render
from aperto.web.tasks import cursors, draw
from aperto.web.tasks.lines import COUNTED, SHOWN, page, section_of, sections


@require_GET
@person_page
def tasks(request: Request) -> HttpResponse:
    """For htmx only the sections, each with as many lines as were open before."""
    shown = sections(request.actor, _open(request))
    context = {"jumps": draw.jumps(shown), "sections": draw.sections(shown), "new_url": _new_url(request)}
    return render(request, "tasks/tasks.html", context, part="sections")


def _open(request: Request) -> dict[str, int]:
    """How many lines of each section were open: the numbers of the pages that were opened, added up."""
    found = {}
    for each in SECTIONS:
        numbers = [
            int(text) for text in request.GET.getlist(each.key)[:9] if text.isdecimal() and len(text) < 4
        ]
        found[each.key] = min(max(sum(numbers), SHOWN), COUNTED)
    return found


def _new_url(request: Request) -> str:
    """Where the simplest activity that is born undone is made."""
    for each in activities(request.actor):
        done = each.activity.done if each.activity else ""
        if done and each.fields[done].default is False and request.actor.may(each, Verb.CREATE):
            return f"/{each.key}/new"
    return ""


@require_GET
@person_page
def section(request: Request, section: str) -> HttpResponse:
    """One section from a cursor on: for htmx its lines, else a page of its own."""
    chosen = section_of(section)
    after = request.GET.get("after", "")
    shown = page(request.actor, chosen, cursors.read(after) if after else None)
    if is_partial(request):
        return HttpResponse(draw.lines(shown))
    title = _("Tasks: %(section)s") % {"section": str(draw.TITLES[chosen.key][0])}
    return render(request, "tasks/section.html", {"title": title, "lines": draw.lines(shown)})
