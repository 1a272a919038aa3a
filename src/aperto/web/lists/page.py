"""The list page, its next rows, and its numbers, which come after the page so that they never delay it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.kernel.records import Count
from aperto.kernel.viewer import Viewer
from aperto.transfer.run import may_import
from aperto.web.door import object_page
from aperto.web.lists import addresses, frame, groups, layouts, typed
from aperto.web.lists.arrangement import TABLE
from aperto.web.lists.listing import Listing, problem
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    """The page; for the scripts of the page the table alone."""
    known = visible_views(request.actor, declaration.key)
    listing = listing_of(request, declaration, known)
    wanted = request.GET.get("layout", listing.arrangement.layout)
    if place := layouts.place_of(wanted, request.actor, declaration):
        return HttpResponseRedirect(listing.url(place))
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    drawn, message = read(listing)
    status = 422 if message or addition.message else 200
    added = addition.text or (listing.text if message else "")
    context = table_context(listing, drawn) | {"message": message or addition.message, "added": added}
    if is_partial(request):
        return render(request, "lists/list.html", context, part="table", status=status)
    context["top"] = frame.top(listing, known, context)
    return render(request, "lists/list.html", context, status=status)


@dataclass(frozen=True)
class Drawn:
    """What is in the table: rows, or bodies of groups; `number` is how many records there are, where that is
    known by now."""

    rows: SafeString = SafeString()
    next: str | None = None
    number: int | None = 0
    grouped: bool = False


def read(listing: Listing) -> tuple[Drawn, str]:
    """The first page of rows, or the groups; none and a message when the address asks for what cannot be."""
    try:
        if listing.grouping:
            found = groups.read(listing)
            return Drawn(groups.drawn(listing, found), None, groups.counted(found), grouped=True), ""
        page = listing.page()
    except FieldError as error:
        return Drawn(), problem(error)
    number = None if page.next else len(page.rows)
    return Drawn(listing.drawer().rows(page.rows), page.next, number), ""


def table_context(listing: Listing, drawn: Drawn) -> dict[str, Any]:
    """What the table needs; `known` is the number of records where it is known already."""
    number = drawn.number
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": TABLE,
        "urls": addresses.of_list(listing),
        "columns_head": frame.columns_head(listing),
        "rows": drawn.rows,
        "grouped": drawn.grouped,
        "is_empty": not drawn.rows,
        "next": drawn.next and listing.url("/rows", cursor=drawn.next),
        "span": len(listing.columns) + 1,
        "known": "" if number is None else write_number(number, listing.actor.viewer),
        "totals": frame.totals_row(listing),
        **rights_context(listing),
    }


def rights_context(listing: Listing) -> dict[str, bool]:
    may, declaration = listing.actor.may, listing.declaration
    return {
        "may_create": may(declaration, Verb.CREATE),
        "can_import": may_import(listing.actor, declaration) and may(declaration, Verb.CREATE),
        "can_export": may(declaration, Verb.EXPORT),
        "can_assign": may(declaration, Verb.ASSIGN),
        "can_delete": may(declaration, Verb.DELETE),
    }


@require_GET
@object_page
def rows(request: Request, declaration: ObjectType) -> HttpResponse:
    """The rows after a cursor, of the list or of one group, and the row that asks for those after them."""
    listing, after = listing_of(request, declaration), request.GET.get("cursor") or None
    within = request.GET.get("within")
    try:
        page = listing.page(after) if within is None else groups.page_of(listing, within, after)
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    context = {
        "next": page.next and listing.url("/rows", cursor=page.next, within=within),
        "span": len(listing.columns) + 1,
    }
    return HttpResponse(listing.drawer().rows(page.rows) + render_to_string("lists/sentinel.html", context))


@require_GET
@object_page
def count(request: Request, declaration: ObjectType) -> HttpResponse:
    """How many records the list has."""
    listing = listing_of(request, declaration)
    try:
        found = listing.selection.count()
    except FieldError:
        return HttpResponse("")
    context = {"number": write_count(found, listing.actor.viewer), "raw": found.number}
    return render(request, "lists/count.html", context)


def write_count(found: Count, viewer: Viewer) -> str:
    """An estimate is called one."""
    number = write_number(found.number, viewer)
    return number if found.exact else f"≈ {number}"
