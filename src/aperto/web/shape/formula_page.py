"""Completion of a formula while it is typed: what the kernel proposes at the caret, as options."""

from html import escape

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.formula.complete import Suggestion, complete
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shape.objects_page import shaped


@require_GET
@administrator
def suggest(request: Request, object_key: str) -> HttpResponse:
    """Suggestions as options of the box, for the caret at `at`."""
    declaration = shaped(object_key)
    text, at = request.GET.get("q", ""), request.GET.get("at", "")
    caret = min(int(at), len(text)) if at.isdecimal() and len(at) < 6 else len(text)
    found = complete(text, caret, declaration)
    return HttpResponse("".join(line_of(each, caret) for each in found))


def line_of(each: Suggestion, caret: int) -> str:
    """What is typed, and beside it what it means."""
    place = f'data-from="{each.start}" data-to="{caret}"'
    aside = f'<span class="faint">{escape(str(each.help))}</span>'
    opening = f'<li role="option" data-insert="{escape(each.insert)}" {place}>'
    return f"{opening}<span>{escape(each.label)}</span>{aside}</li>"
