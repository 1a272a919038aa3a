"""What stands under the columns: the total that the reader chose for each, asked for after the page."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from aperto.kernel.errors import FieldError, Invalid, Message, Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.kernel.viewer import Viewer
from aperto.web.cells import Column
from aperto.web.door import object_page
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import keep, listing_of
from aperto.web.lists.words import label_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

LABELS: Mapping[str, Message] = {
    "sum": gettext_lazy("Sum"),
    "mean": gettext_lazy("Mean"),
    "median": gettext_lazy("Median"),
    "min": gettext_lazy("Minimum"),
    "max": gettext_lazy("Maximum"),
    "filled": gettext_lazy("Filled"),
    "empty": gettext_lazy("Empty"),
    "distinct": gettext_lazy("Distinct"),
}
OF_NUMBERS = ("sum", "mean", "median", "min", "max")
CHANGED = "totals-changed, dialog:close"

type Texts = Mapping[str, str]


def offered(field: Field) -> list[str]:
    """The totals that fit the field."""
    return [] if field.stored_elsewhere else [name for name in LABELS if name in field.aggregates]


def chosen(listing: Listing, field: Field) -> str:
    """The total of a column: as chosen, else the sum where the field declares one; blank for none."""
    usual = "sum" if field.total and "sum" in field.aggregates else ""
    name = listing.arrangement.footers.get(field.key, usual)
    return name if name in offered(field) else ""


def wanted_totals(listing: Listing) -> list[tuple[str, str]]:
    """(field, total) of the columns shown."""
    fields = [column.field for column in listing.columns]
    return [(each.key, name) for each in fields if (name := chosen(listing, each))]


def texts(listing: Listing, totals: Mapping[tuple[str, str], Any], viewer: Viewer) -> Texts:
    """What the totals say, by column."""
    fields = {column.field.key: column.field for column in listing.columns}
    return {key: fields[key].aggregate_text(name, raw, viewer) for (key, name), raw in totals.items()}


@require_GET
@object_page
def footer(request: Request, declaration: ObjectType) -> HttpResponse:
    """The row of totals; it asks for itself again when a cell or the choice of a total was changed."""
    listing = listing_of(request, declaration)
    try:
        found = listing.selection.aggregate(wanted_totals(listing))
    except FieldError:
        found = {}
    return HttpResponse(row(listing, texts(listing, found, request.actor.viewer)))


def waiting(listing: Listing) -> SafeString:
    """The row before its numbers are known; where no total is chosen there is nothing to ask for."""
    return row(listing, {}, "load, " if wanted_totals(listing) else "")


def row(listing: Listing, said: Texts, when: str = "") -> SafeString:
    # Events of a page are told to its body, whence they reach the document.
    again = f"{when}cell-saved from:document, totals-changed from:document"
    opening = (
        f'<tr hx-get="{escape(listing.url("/footer"))}" hx-trigger="{again}" hx-target="this" '
        'hx-swap="outerHTML"><td class="check"></td>'
    )
    cells = [_cell(listing, column, said) for column in listing.columns]
    return mark_safe(f"{opening}{''.join(cells)}</tr>")  # noqa: S308 - each piece is escaped


def _cell(listing: Listing, column: Column, said: Texts) -> str:
    field = column.field
    if not offered(field):
        return f"{column.opening}</td>"
    name = chosen(listing, field)
    url = escape(listing.url(f"/totals/{field.key}"))
    label = escape(_("Total of %(field)s") % {"field": label_of(field)})
    shown = f'<span class="faint">+<span class="sr"> {label}</span></span>'
    if name:
        shown = f'<span class="faint">{escape(str(LABELS[name]))}</span> {escape(said.get(field.key, ""))}'
    look = "foot" if name else "foot none"
    return f'{column.opening}<a class="{look}" href="{url}" title="{label}" data-dialog>{shown}</a></td>'


# -- the choice --------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@object_page
def choose(request: Request, declaration: ObjectType, key: str) -> HttpResponse:
    """GET: the totals of a column to choose from, each with its value; POST: the choice."""
    listing = listing_of(request, declaration)
    field = readable(request.actor, declaration).get(key)
    if field is None or not offered(field):
        raise Missing(key)
    if request.method == "GET":
        return _ask(request, listing, field)
    name = request.POST.get("total", "")
    if name and name not in offered(field):
        return _ask(request, listing, field, _("This total does not fit the field."))
    try:
        keep(request, declaration, listing, footers={**listing.arrangement.footers, key: name})
    except Invalid as invalid:
        return _ask(
            request, listing, field, " ".join(str(m) for said in invalid.errors.values() for m in said)
        )
    if not is_partial(request):
        return HttpResponseRedirect(listing.url())
    return HttpResponse(status=204, headers={"HX-Trigger": CHANGED})


def _ask(request: Request, listing: Listing, field: Field, message: str = "") -> HttpResponse:
    label = _("Total of %(field)s") % {"field": label_of(field)}
    context = {
        "title": label,
        "totals": values(listing, field, offered(field)),
        "chosen": chosen(listing, field),
        "message": message,
        "declaration": listing.declaration,
        "dialog_id": "dialog-total",
        "form_url": listing.url(f"/totals/{field.key}"),
        "save_label": _("Show this total"),
    }
    return render(request, "lists/total.html", context, status=422 if message else 200)


def values(listing: Listing, field: Field, names: Sequence[str]) -> list[tuple[str, Message, str]]:
    """(name, label, value) of these totals of one field, by one statement."""
    found = listing.selection.aggregate([(field.key, name) for name in names])
    viewer = listing.actor.viewer
    return [
        (name, LABELS[name], field.aggregate_text(name, found[field.key, name], viewer)) for name in names
    ]
