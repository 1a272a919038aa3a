"""The chart page of any list."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.web.charts import asked, drawing, figures, menus
from aperto.web.door import object_page
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
    if not asked.usual(request.actor, declaration):
        raise Missing(declaration.key)
    known = visible_views(request.actor, declaration.key)
    listing = listing_of(request, declaration, known, asked.PLACE)
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    shown, message = _read(listing)
    said = {
        "message": message or addition.message,
        "added": addition.text or (listing.text if message else ""),
    }
    status = 422 if said["message"] else 200
    context = chart_context(listing) | shown | said
    if is_partial(request):
        return render(request, "charts/chart.html", context, part="chart", status=status)
    return render(request, "charts/chart.html", context | frame_context(listing, known), status=status)


def _read(listing: Listing) -> tuple[dict[str, Any], str]:
    """The picture and its numbers; a message where the address asks for what cannot be."""
    try:
        chart = asked.asked_of(listing)
        context = {"title": drawing.title_of(listing, chart), "menus": menus.menus_of(listing, chart)}
        found = figures.read(listing, chart)
    except FieldError as error:
        return {"is_empty": True}, problem(error)
    numbers = {"figures": found, "is_empty": found.is_empty, "measure": drawing.measure_words(listing, chart)}
    if not found.is_empty:
        numbers["drawing"] = drawing.drawn(listing, found)
        numbers["notes"] = list(_notes(found))
    return context | numbers, ""


def _notes(found: figures.Figures) -> list[str]:
    """What the picture leaves out."""
    notes = []
    if found.asked.kind != asked.DONUT and len(found.drawn) < len(found.marks):
        words = {"drawn": len(found.drawn), "all": len(found.marks)}
        notes.append(_("The picture shows %(drawn)s of %(all)s groups; the table has them all.") % words)
    if found.more:
        notes.append(_("There are more groups than these. Add a condition to see the others."))
    return notes


def chart_context(listing: Listing) -> dict[str, Any]:
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": "chart",
        "controls": "charts/controls.html",
        "known": "",
        "urls": of_list(listing),
        **rights_context(listing),
    }
