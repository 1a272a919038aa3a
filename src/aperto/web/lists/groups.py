"""A list in groups: heads with the totals of each group, its rows as one looks at them, and folding.

The groups and their totals come with the page; the rows of the first open group too, those of the others when
they come into view. What is folded asks for nothing.
"""

from html import escape

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.errors import FieldError, Invalid, Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.grouping import Group, Grouping, Groups, label_of, value_of, written
from aperto.kernel.query.views import MOST_FOLDED
from aperto.kernel.records import Page
from aperto.kernel.viewer import Viewer
from aperto.web.door import object_page
from aperto.web.lists import totals
from aperto.web.lists.listing import PAGE, Listing, problem
from aperto.web.lists.saved import keep, listing_of
from aperto.web.request import Request

WITHIN = "within"  # the parameter that names a group


def read(listing: Listing, start: int = 0) -> Groups:
    """The groups with their totals; FieldError for an address that asks for what cannot be."""
    assert listing.grouping is not None
    return listing.selection.groups(listing.grouping, totals.wanted_totals(listing), start)


def drawn(listing: Listing, found: Groups, with_rows: bool = True) -> SafeString:
    """A body for each group; the first that is open has its first rows."""
    bodies, drawer = [], listing.drawer() if with_rows else None
    for group in found.groups:
        key = written(group.value)
        rows = ""
        if drawer is not None and key not in listing.arrangement.folded:
            page = page_of(listing, key)
            rows, drawer = drawer.rows(page.rows) + _sentinel(listing, key, page.next), None
        bodies.append(_body(listing, group, rows or _sentinel(listing, key)))
    if found.next is not None:
        url = escape(listing.url("/groups", start=str(found.next)))
        inside = f'<tr><td colspan="{len(listing.columns) + 1}"><span class="skeleton"></span></td></tr>'
        bodies.append(f'<tbody data-next="{url}">{inside}</tbody>')
    return mark_safe("".join(bodies))  # noqa: S308 - each piece is escaped


def page_of(listing: Listing, key: str, after: str | None = None, limit: int = PAGE) -> Page:
    """Rows of one group; FieldError for a group that cannot be."""
    grouping = listing.grouping
    if grouping is None:
        raise FieldError(_("There is no such group."))
    selection = listing.selection.in_group(grouping, value_of(grouping, key))
    return selection.page(columns=listing.wanted, sort=listing.sort, after=after, limit=limit)


def _sentinel(listing: Listing, key: str, after: str | None = "") -> str:
    if after is None:
        return ""
    url = listing.url("/rows", within=key, cursor=after or None)
    return render_to_string("lists/sentinel.html", {"next": url, "span": len(listing.columns) + 1})


def _body(listing: Listing, group: Group, rows: str) -> str:
    key = written(group.value)
    folded = " data-folded" if key in listing.arrangement.folded else ""
    return f'<tbody class="group" data-group="{escape(key)}"{folded}>{head(listing, group)}{rows}</tbody>\n'


def head(listing: Listing, group: Group, swap: str = "") -> str:
    """The row over a group: what it is called, how many records it has, and what they add up to."""
    assert listing.grouping is not None
    viewer, key = listing.actor.viewer, written(group.value)
    label, number = label_of(listing.grouping, group.value, viewer), write_number(group.count, viewer)
    said = totals.texts(listing, group.totals, viewer)
    fold = _fold(label, key in listing.arrangement.folded)
    first, *rest = listing.columns
    name = f'<span class="group-name">{_name(listing.grouping, group, label, viewer)}</span>'
    total = (
        f' <span class="faint">{escape(said[first.field.key])}</span>' if said.get(first.field.key) else ""
    )
    cells = [
        f'{first.opening}{name} <span class="count">{escape(number)}</span>{total}</td>',
        *(f"{column.opening}{escape(said.get(column.field.key, ''))}</td>" for column in rest),
    ]
    opening = f'<tr class="group-head" id="group-{escape(key) or "none"}"{swap}><td class="check">{fold}</td>'
    return f"{opening}{''.join(cells)}</tr>"


def _fold(label: str, folded: bool) -> str:
    words, is_open = escape(_("Rows of %(group)s") % {"group": label}), str(not folded).lower()
    return (
        f'<button type="button" class="fold" data-fold tabindex="-1" aria-expanded="{is_open}" '
        f'aria-label="{words}"></button>'
    )


def _name(grouping: Grouping, group: Group, label: str, viewer: Viewer) -> str:
    """As a cell shows such a value; a link where it leads to a record."""
    if group.value is None or grouping.unit or grouping.field.kind == "boolean":
        return escape(label)
    if isinstance(group.value, Ref) and not group.value.title:
        return escape(label)
    return grouping.field.cell(group.value, viewer)


# -- addresses ---------------------------------------------------------------------------------------


@require_GET
@object_page
def more(request: Request, declaration: ObjectType) -> HttpResponse:
    """The groups after those that are shown."""
    listing = listing_of(request, declaration)
    start = request.GET.get("start", "")
    try:
        found = read(listing, int(start[:8]) if start.isdecimal() else 0) if listing.grouping else Groups([])
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(drawn(listing, found, with_rows=False))


@require_GET
@object_page
def heads(request: Request, declaration: ObjectType) -> HttpResponse:
    """The heads of all groups as they are now, each for its place: after a cell was changed."""
    listing = listing_of(request, declaration)
    try:
        found = read(listing).groups if listing.grouping else []
    except FieldError:
        found = []
    rows = "".join(head(listing, group, ' hx-swap-oob="true"') for group in found)
    return HttpResponse(f"<template>{rows}</template>" if rows else "")


@require_POST
@object_page
def fold(request: Request, declaration: ObjectType) -> HttpResponse:
    """Remembers which groups are folded: in one's own view, else for this person."""
    listing = listing_of(request, declaration)
    if listing.grouping is None:
        raise Missing("group")
    keys = request.POST.getlist("group")
    folded = dict.fromkeys(listing.arrangement.folded)
    try:
        for key in keys:
            value_of(listing.grouping, key)
            folded.pop(key, None)
            folded |= {key: None} if request.POST.get("folded") else {}
        keep(request, declaration, listing, folded=list(folded)[-MOST_FOLDED:])
    except (FieldError, Invalid):
        raise Missing("group") from None
    return HttpResponse(status=204)


def counted(found: Groups) -> int | None:
    """How many records there are, where all groups are known."""
    return sum(group.count for group in found.groups) if found.next is None else None
