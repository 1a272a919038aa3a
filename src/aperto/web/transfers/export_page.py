"""Records of a list as a file: which columns, which format; then the file as a stream, a job, or a page to
print."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Refused
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.sorting import keys_of
from aperto.kernel.records import Selection
from aperto.transfer import export, export_run
from aperto.transfer.writers.base import Wanted, Writer
from aperto.transfer.writers.table import WRITERS, fitting
from aperto.web.door import object_page
from aperto.web.lists.listing import Listing
from aperto.web.lists.page import write_count
from aperto.web.lists.saved import listing_of
from aperto.web.lists.selection import as_key
from aperto.web.request import Request
from aperto.web.shell import render
from aperto.web.transfers.printing import PRINT, print_page

ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponseBase:
    """What would be in the file; with `download`, the file. Many records are asked for by POST: a job writes
    them."""
    if not export.may_export(request.actor, declaration):
        raise Refused(Verb.EXPORT)
    listing = listing_of(request, declaration)
    try:
        chosen = _chosen(request, listing)
        keys_of(listing.sort, declaration, request.actor)  # a stream could no longer say what is wrong
        count = chosen.count()
        if request.method == "POST":
            return _later(request, listing, count.number)
        if "download" in request.GET and count.number <= export_run.AT_ONCE:
            return _file(request, listing, chosen)
    except FieldError as error:
        return HttpResponse(str(error.message), status=422, content_type="text/plain; charset=utf-8")
    context = {
        "declaration": declaration,
        "count": write_count(count, request.actor.viewer),
        "later": count.number > export_run.AT_ONCE,
        "formats": [(each.key, text_of(each.label)) for each in fitting(declaration)],
        "print": PRINT,
        "shown": [str(column.field.label) for column in listing.columns],
        "number_of_all": len(export.exportable(request.actor, declaration)),
        "given": [(key, value) for key in ("view", "q", "sort", "id") for value in request.GET.getlist(key)],
    }
    return render(request, "transfers/export.html", context)


def _ids(request: Request) -> list[UUID] | None:
    ids = [key for key in map(as_key, request.GET.getlist("id")) if key]
    return ids if "id" in request.GET else None


def _chosen(request: Request, listing: Listing) -> Selection:
    chosen = export.selection(request.actor, listing.declaration.key).matching(listing.filter)
    ids = _ids(request)
    return chosen if ids is None else chosen.only(ids)


def _columns(request: Request, listing: Listing) -> list[str] | None:
    given = request.POST.get("columns") or request.GET.get("columns")
    return None if given == ALL else [column.field.key for column in listing.columns]


def _format(given: str, declaration: ObjectType) -> Writer:
    return export_run.writer_for(declaration, given) if given else WRITERS["csv"]


def _file(request: Request, listing: Listing, chosen: Selection) -> HttpResponseBase:
    declaration, given = listing.declaration, request.GET.get("format", "")
    writer = WRITERS["csv"] if given == PRINT else _format(given, declaration)
    columns = export_run.columns_in(writer, request.actor, declaration, _columns(request, listing))
    wanted = Wanted(chosen, columns, listing.sort, request.GET.get("delimiter", ""))
    if given == PRINT:
        return print_page(request, wanted)
    answer = StreamingHttpResponse(
        in_language(request.actor.viewer.language, writer.write(wanted)), content_type=writer.content_type
    )
    name = f"{declaration.plural}.{writer.ending}"
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _later(request: Request, listing: Listing, total: int) -> HttpResponse:
    run = export_run.begin(
        request.actor,
        listing.declaration.key,
        _format(request.POST.get("format", ""), listing.declaration),
        filter=listing.filter,
        ids=_ids(request),
        columns=_columns(request, listing),
        sort=listing.sort,
        options=request.POST.get("delimiter", "")[:20],
        total=total,
    )
    return HttpResponseRedirect(f"/exports/{run.pk}")


def in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The file is written after the view has returned, when the language of the request is no longer set."""
    with override(language):
        yield from pieces
