"""Completion of the typed filter: what the kernel proposes for the caret, as options of the box.

It never says that something is wrong; that is done when the filter is read.
"""

from html import escape

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query import completion
from aperto.kernel.query.completion import Suggestion
from aperto.web.door import object_page
from aperto.web.request import Request


@require_GET
@object_page
def complete(request: Request, declaration: ObjectType) -> HttpResponse:
    """Suggestions as options of the box, for the caret at `at`."""
    text, at = request.GET.get("q", ""), request.GET.get("at", "")
    caret = min(int(at), len(text)) if at.isdecimal() else len(text)
    found = completion.complete(request.actor, declaration.key, text, caret)
    return HttpResponse("".join(line_of(each, caret) for each in found))


def line_of(each: Suggestion, caret: int) -> str:
    """What it means in the reader's language, and beside it what is typed."""
    place = f'data-from="{each.start}" data-to="{caret}"'
    aside = f'<span class="faint">{escape(each.insert)}</span>'
    opening = f'<li role="option" data-insert="{escape(each.insert)} " {place}>'
    return f"{opening}<span>{escape(each.label)}</span>{aside}</li>"
