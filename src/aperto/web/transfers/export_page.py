"""Records of a list as a file: which columns, which sign between them, then the file as a stream."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.sorting import keys_of
from aperto.kernel.records import Selection
from aperto.transfer import export
from aperto.web.door import object_page
from aperto.web.lists.listing import Listing
from aperto.web.lists.page import write_count
from aperto.web.lists.saved import listing_of
from aperto.web.lists.selection import as_key
from aperto.web.request import Request
from aperto.web.shell import render

ALL = "all"


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponseBase:
    """What would be in the file; with `download`, the file."""
    if not export.may_export(request.actor, declaration):
        raise Refused(Verb.EXPORT)
    listing = listing_of(request, declaration)
    try:
        chosen = _chosen(request, listing)
        keys_of(listing.sort, declaration, request.actor)  # a stream could no longer say what is wrong
        if "download" in request.GET:
            return _file(request, listing, chosen)
    except FieldError as error:
        return HttpResponse(str(error.message), status=422, content_type="text/plain; charset=utf-8")
    context = {
        "declaration": declaration,
        "count": write_count(chosen.count(), request.actor.viewer),
        "shown": [str(column.field.label) for column in listing.columns],
        "number_of_all": len(export.exportable(request.actor, declaration)),
        "given": [(key, value) for key in ("view", "q", "sort", "id") for value in request.GET.getlist(key)],
    }
    return render(request, "transfers/export.html", context)


def _chosen(request: Request, listing: Listing) -> Selection:
    chosen = export.selection(request.actor, listing.declaration.key).matching(listing.filter)
    ids = [key for key in map(as_key, request.GET.getlist("id")) if key]
    return chosen.only(ids) if "id" in request.GET else chosen


def _file(request: Request, listing: Listing, chosen: Selection) -> StreamingHttpResponse:
    columns = None if request.GET.get("columns") == ALL else [column.field.key for column in listing.columns]
    delimiter = "semicolon" if request.GET.get("delimiter") == "semicolon" else "comma"
    lines = export.as_csv(chosen, columns, sort=listing.sort, delimiter=delimiter)
    answer = StreamingHttpResponse(
        in_language(request.actor.viewer.language, lines), content_type="text/csv; charset=utf-8"
    )
    name = f"{listing.declaration.plural}.csv"
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def in_language(language: str, lines: Iterator[str]) -> Iterator[str]:
    """The file is written after the view has returned, when the language of the request is no longer set."""
    with override(language):
        yield from lines
