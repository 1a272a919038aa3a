"""Which columns a list shows, in which order and width, and how many of them stay in sight."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel.errors import Invalid
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.cells import PINS
from aperto.web.door import object_page
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import keep, listing_of
from aperto.web.lists.widths import within_bounds
from aperto.web.lists.words import label_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render


@require_http_methods(["GET", "POST"])
@object_page
def columns(request: Request, declaration: ObjectType) -> HttpResponse:
    """GET: the choice of columns; POST: that choice, or what was dragged in the head of the table."""
    listing = listing_of(request, declaration)
    if request.method == "GET":
        return _choice(request, listing)
    dragged = _dragged(listing, request.POST)
    changed = dragged or _chosen(listing, request.POST)
    if not changed.get("columns", ["one"]):
        return _choice(request, listing, _("A list shows at least one field."))
    try:
        keep(request, declaration, listing, **changed)
    except Invalid as invalid:
        return _choice(request, listing, invalid.text)
    if dragged:
        return HttpResponse(status=204)
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": listing.url()})
    return HttpResponseRedirect(listing.url())


def _choice(request: Request, listing: Listing, message: str = "") -> HttpResponse:
    shown = [column.field for column in listing.columns]
    known = readable(listing.actor, listing.declaration)
    rest = sorted(
        (field for field in known.values() if field not in shown),
        key=lambda field: str(field.label).casefold(),
    )
    context = {
        "listing": listing,
        "rows": [(field, label_of(field), field in shown) for field in (*shown, *rest)],
        "pinned": listing.arrangement.pinned,
        "pins": range(len(PINS) + 1),
        "message": message,
        "dialog_id": "dialog-columns",
        "form_url": listing.url("/columns"),
        "save_label": _("Show these fields"),
    }
    return render(request, "lists/columns.html", context, status=422 if message else 200)


def _chosen(listing: Listing, post: QueryDict) -> dict[str, Any]:
    """What was ticked, in the order of the dialog."""
    known = readable(listing.actor, listing.declaration)
    pinned = post.get("pinned", "")
    return {
        "columns": [key for key in dict.fromkeys(post.getlist("columns")) if key in known],
        "pinned": min(int(pinned), len(PINS)) if pinned.isdecimal() else listing.arrangement.pinned,
    }


def _dragged(listing: Listing, post: QueryDict) -> dict[str, Any]:
    """Widths ("name:220,phone:90") and order ("name,phone") as the head of the table tells them."""
    changed: dict[str, Any] = {}
    shown = [column.field.key for column in listing.columns]
    if widths := _widths(post.get("widths", "")):
        known = {key: width for key, width in widths.items() if key in shown}
        changed["widths"] = {**listing.arrangement.widths, **known}
    if order := [key for key in post.get("order", "").split(",") if key in shown]:
        changed["columns"] = list(dict.fromkeys([*order, *shown]))
    return changed


def _widths(text: str) -> Mapping[str, int]:
    pairs = (pair.partition(":") for pair in text.split(","))
    return {key: within_bounds(int(width[:6])) for key, _colon, width in pairs if width.isdecimal()}
