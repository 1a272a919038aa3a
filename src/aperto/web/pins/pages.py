"""The pinned views, asked for after the page is there; pinning, unpinning and putting them in order."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.errors import Invalid
from aperto.kernel.query import pins
from aperto.web.door import done, person_page
from aperto.web.lists.selection import as_key
from aperto.web.pins.lines import lines
from aperto.web.request import Request
from aperto.web.shell import render

CHANGED = "pins-changed"
FRESH = 30  # seconds that a browser may keep them for itself


@require_GET
@person_page
def show(request: Request) -> HttpResponse:
    """A browser asks once for the pages that are opened within half a minute."""
    answer = render(request, "pins/pins.html", {"pins": lines(request.actor)})
    answer.headers["Cache-Control"] = f"private, max-age={FRESH}"
    return answer


@require_POST
@person_page
def pin(request: Request, view: UUID) -> HttpResponse:
    """`at` is where an undone one stood."""
    at = request.GET.get("at", "")
    try:
        fresh = pins.pin(request.actor, view, int(at) if at.isdecimal() and len(at) < 6 else None)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad")
    text = _("The view is pinned to the navigation.") if fresh else _("The view is pinned already.")
    return done(request, text, undo=f"/pins/{view}/remove" if fresh else "", events=CHANGED)


@require_POST
@person_page
def unpin(request: Request, view: UUID) -> HttpResponse:
    at = pins.unpin(request.actor, view)
    if at is None:
        return done(request, _("The view was not pinned."), events=CHANGED)
    return done(request, _("The view is no longer pinned."), undo=f"/pins/{view}?at={at}", events=CHANGED)


@require_POST
@person_page
def order(request: Request) -> HttpResponse:
    """`order` holds the keys of the views, separated by commas; rubbish among them is passed over."""
    keys = (as_key(text) for text in request.POST.get("order", "").split(",")[: pins.MOST])
    pins.arrange(request.actor, [key for key in keys if key])
    return HttpResponse(status=204, headers={"HX-Trigger": CHANGED})
