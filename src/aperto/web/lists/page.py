"""The list page, its next rows, and its numbers, which come after the page so that they never delay it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.kernel.records import Count, Page
from aperto.kernel.viewer import Viewer
from aperto.transfer.run import may_import
from aperto.web.door import object_page
from aperto.web.lists import addresses, frame, typed
from aperto.web.lists.arrangement import BOARD, TABLE
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
    if declaration.board and request.GET.get("layout", listing.arrangement.layout) == BOARD:
        return HttpResponseRedirect(listing.url("/board"))
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    page, message = read(listing)
    status = 422 if message or addition.message else 200
    added = addition.text or (listing.text if message else "")
    context = table_context(listing, page) | {"message": message or addition.message, "added": added}
    if is_partial(request):
        return render(request, "lists/list.html", context, part="table", status=status)
    context["top"] = frame.top(listing, known, context)
    return render(request, "lists/list.html", context, status=status)


def read(listing: Listing) -> tuple[Page, str]:
    """The first page of rows; none and a message when the address asks for what cannot be."""
    try:
        return listing.page(), ""
    except FieldError as error:
        return Page([], None), problem(error)


def table_context(listing: Listing, page: Page) -> dict[str, Any]:
    """What the table needs; `known` is the number of records where one page holds them all."""
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": TABLE,
        "urls": addresses.of_list(listing),
        "columns_head": frame.columns_head(listing),
        "rows": listing.drawer().rows(page.rows),
        "is_empty": not page.rows,
        "next": page.next and listing.url("/rows", cursor=page.next),
        "span": len(listing.columns) + 1,
        "known": "" if page.next else write_number(len(page.rows), listing.actor.viewer),
        "has_totals": bool(wanted_totals(listing)),
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
    """The rows after a cursor, and the row that asks for those after them."""
    listing = listing_of(request, declaration)
    try:
        page = listing.page(request.GET.get("cursor") or None)
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    context = {
        "next": page.next and listing.url("/rows", cursor=page.next),
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


# -- totals ------------------------------------------------------------------------------------------


def wanted_totals(listing: Listing) -> list[tuple[str, str]]:
    """(field, aggregate) of the columns shown that declare a total."""
    fields = [column.field for column in listing.columns]
    return [(each.key, "sum") for each in fields if each.total and "sum" in each.aggregates]


@require_GET
@object_page
def footer(request: Request, declaration: ObjectType) -> HttpResponse:
    """The row of totals; it asks for itself again when a cell was changed."""
    listing, viewer = listing_of(request, declaration), request.actor.viewer
    wanted = wanted_totals(listing)
    try:
        totals = listing.selection.aggregate(wanted) if wanted else {}
    except FieldError:
        totals = {}
    texts = {
        key: declaration.fields[key].aggregate_text(name, raw, viewer) for (key, name), raw in totals.items()
    }
    cells = [(column.kind, texts.get(column.field.key, "")) for column in listing.columns]
    return render(request, "lists/footer.html", {"cells": cells, "url": listing.url("/footer")})
