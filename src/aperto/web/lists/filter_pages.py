"""The builder of filters: rows of conditions, or the same as text."""

from html import escape

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aperto.kernel import records
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.kernel.query.ast import LONGEST, Condition
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.parse import parse
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.print import normal, write
from aperto.web.door import object_page
from aperto.web.lists import builder, layouts
from aperto.web.lists.builder import Draft
from aperto.web.lists.listing import Listing, problem
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

FEW = 12


@require_http_methods(["GET", "POST"])
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    """GET: the filter as a form; POST: the list with the filter that the form says."""
    place = layouts.place_of(request.GET.get("layout", ""), request.actor, declaration)
    listing = listing_of(request, declaration, place=place)
    if request.method == "GET":
        return _open(request, listing)
    if "text" in request.POST:
        return _from_text(request, listing, request.POST["text"].strip())
    draft = builder.read(request.actor, declaration, request.POST)
    if draft.messages:
        return _rows(request, listing, draft, status=422)
    return _go(request, listing, write(normal(draft.filter)) if draft.filter else "")


def _open(request: Request, listing: Listing) -> HttpResponse:
    try:
        draft = builder.draft_of(listing.filter)
    except FieldError as error:
        return _text(request, listing, listing.text, problem(error))
    if draft is None or request.GET.get("as") == "text":
        return _text(request, listing, listing.text)
    if not draft.conditions:
        draft.conditions["0"] = Condition(("title",), "contains", ("",))
    return _rows(request, listing, draft)


def _from_text(request: Request, listing: Listing, text: str) -> HttpResponse:
    try:
        item = parse(text)
        if item is not None:
            compile_filter(item, listing.declaration, listing.actor)
    except FieldError as error:
        return _text(request, listing, text, problem(error))
    return _go(request, listing, write(item))


def _go(request: Request, listing: Listing, text: str) -> HttpResponse:
    if len(text) > LONGEST:
        message = _("A filter holds at most %(longest)s characters.") % {"longest": LONGEST}
        return _text(request, listing, text[:LONGEST], message)
    url = listing.url(q=text) if text else listing.unfiltered
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _rows(request: Request, listing: Listing, draft: Draft, status: int = 200) -> HttpResponse:
    declaration = listing.declaration
    blank = Condition(("title",), "contains", ("",))
    context = _dialog(request, listing) | {
        "lines": builder.lines_of(listing.actor, declaration, draft),
        "blank": builder.line_of(listing.actor, declaration, "__n__", blank, {}),
        "joiner": draft.joiner,
        "dates": builder.relative_dates(),
    }
    return render(request, "lists/filter.html", context, status=status)


def _text(request: Request, listing: Listing, text: str, message: str = "") -> HttpResponse:
    context = _dialog(request, listing) | {"text": text, "message": message}
    refused = message and request.method == "POST"
    return render(request, "lists/filter_text.html", context, status=422 if refused else 200)


def _dialog(request: Request, listing: Listing) -> dict[str, object]:
    layout = listing.layout if listing.place else None
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "dialog_id": "dialog-filter",
        "size": "wide",
        "form_url": listing.url("/filter", layout=layout),
        "text_url": listing.url("/filter", layout=layout, **{"as": "text"}),
        "rows_url": listing.url("/filter", layout=layout),
        "save_label": _("Show"),
    }


@require_GET
@object_page
def row(request: Request, declaration: ObjectType) -> HttpResponse:
    """One row whose field or comparison was just chosen."""
    number = request.GET.get("n", "")
    if not (number.isdecimal() or number == "__n__"):
        raise Missing(number)
    condition = builder.first_condition(request.actor, declaration, request.GET, number)
    line = builder.line_of(request.actor, declaration, number, condition, {})
    return render(request, "lists/filter_row.html", {"line": line, "declaration": declaration})


@require_GET
@object_page
def values(request: Request, declaration: ObjectType, objects: str) -> HttpResponse:
    """Records that a condition can name, as options of a picker; for users also "me" and "my team"."""
    text = request.GET.get("q", "").strip()
    found: list[tuple[str, str]] = []
    for target in objects.split("+"):
        found += people_called(text) if target == USER else records_called(request.actor, target, text)
    options = (
        f'<li role="option" data-value="{escape(value)}" data-label="{escape(label)}">{escape(label)}</li>'
        for value, label in found[:FEW]
    )
    return HttpResponse("".join(options))


def people_called(text: str) -> list[tuple[str, str]]:
    wanted = fold(text)
    users = [(str(user.pk), user.name or user.email) for user in people.everybody() if user.is_active]
    listed = [("me", _("me")), ("my team", _("my team")), *users]
    return [(value, label) for value, label in listed if wanted in fold(label)]


def records_called(actor: Actor, target: str, text: str) -> list[tuple[str, str]]:
    if target not in registry:
        return []
    declaration = registry.get(target)
    if text and not declaration.administered:
        hits = search.find(actor, text, FEW, [target])
        return [(str(hit.id), hit.title) for hit in hits]
    page = records.visible(actor, target).page(columns=(), sort=declaration.default_sort, limit=200)
    wanted = fold(text)
    return [(str(each.id), each.title) for each in page.rows if wanted in fold(each.title)]
