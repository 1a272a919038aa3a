"""The choice of what the lanes of a board add up."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel.objects.declaration import ObjectType
from aperto.web.boards.board import NO_TOTAL, Board, total_choices
from aperto.web.boards.page import board_of
from aperto.web.door import object_page
from aperto.web.lists.saved import keep
from aperto.web.lists.totals import LABELS
from aperto.web.lists.words import label_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render


@require_http_methods(["GET", "POST"])
@object_page
def choose(request: Request, declaration: ObjectType) -> HttpResponse:
    """GET: fields and ways to add them up; POST: the choice, which the view keeps."""
    board = board_of(request, declaration)
    chosen = request.POST.get("total", "")
    if request.method == "GET" or chosen not in {key for key, _label in _choices(board)}:
        return _ask(request, board, refused=request.method == "POST")
    keep(request, declaration, board.listing, lane_total=chosen)
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": board.listing.url()})
    return HttpResponseRedirect(board.listing.url())


def _choices(board: Board) -> list[tuple[str, str]]:
    named = [
        (f"{field.key}:{name}", f"{label_of(field)}: {LABELS[name]}")
        for field, name in total_choices(board.listing)
    ]
    return [(NO_TOTAL, _("None")), *named]


def _ask(request: Request, board: Board, refused: bool) -> HttpResponse:
    total = board.total
    context = {
        "title": _("Total of each lane"),
        "totals": [(key, label, "") for key, label in _choices(board)],
        "chosen": f"{total[0].key}:{total[1]}" if total else NO_TOTAL,
        "only": True,
        "message": _("This total does not fit the field.") if refused else "",
        "declaration": board.listing.declaration,
        "dialog_id": "dialog-total",
        "form_url": board.listing.url("/board/total"),
        "save_label": _("Show this total"),
    }
    return render(request, "lists/total.html", context, status=422 if refused else 200)
