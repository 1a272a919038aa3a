"""The timeline page of any list."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from aperto.kernel.calendar.axis import has_axis
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.web.calendar.period import day_of
from aperto.web.door import object_page
from aperto.web.lanes import asked, drawing, lanes, menus
from aperto.web.lanes.window import ZOOMS, Window
from aperto.web.lists import typed
from aperto.web.lists.addresses import of_list
from aperto.web.lists.frame import frame_context
from aperto.web.lists.listing import Listing, problem
from aperto.web.lists.page import rights_context
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    if not has_axis(request.actor, declaration):
        raise Missing(declaration.key)
    known = visible_views(request.actor, declaration.key)
    listing = listing_of(request, declaration, known, asked.PLACE)
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    shown, message = _read(request, listing)
    said = {
        "message": message or addition.message,
        "added": addition.text or (listing.text if message else ""),
    }
    status = 422 if said["message"] else 200
    context = timeline_context(listing) | shown | said
    if not is_partial(request):
        context |= frame_context(listing, known)
    return render(request, "lanes/timeline.html", context, part="timeline", status=status)


def _read(request: Request, listing: Listing) -> tuple[dict[str, Any], str]:
    """The lanes; a message where the address asks for what cannot be."""
    try:
        wanted = asked.asked_of(listing)
        window = Window(
            wanted.zoom, day_of(request.GET.get("day", ""), listing.actor.viewer), listing.actor.viewer
        )
        context = window_context(listing, window) | {"menus": menus.menus_of(listing, wanted)}
        found = lanes.read(listing, wanted, window)
    except FieldError as error:
        return {}, problem(error)
    pictures = drawing.drawn(wanted, window, found.lanes)
    return context | pictures | {"more": found.more, "is_laned": wanted.lanes is not None}, ""


def window_context(listing: Listing, window: Window) -> dict[str, Any]:
    """Where the windows beside this one, and those that are nearer or farther, stand."""
    day = window.day.isoformat()
    return {
        "title": window.title,
        "url": listing.url(day=day),
        "today": listing.url(day=None),
        "before": listing.url(day=window.beside(-1).isoformat()),
        "after": listing.url(day=window.beside(1).isoformat()),
        "modes": [
            (label, icon, listing.url(zoom=zoom, day=day), zoom == window.zoom, key)
            for zoom, (label, icon, key) in ZOOMS.items()
        ],
    }


def timeline_context(listing: Listing) -> dict[str, Any]:
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": "timeline",
        "controls": "charts/controls.html",
        "urls": of_list(listing),
        **rights_context(listing),
    }
