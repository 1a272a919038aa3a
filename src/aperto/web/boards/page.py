"""The board page, the cards further down a lane, and the sums, which come after the page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.web.boards.board import Board, Shown
from aperto.web.door import object_page
from aperto.web.lists import typed
from aperto.web.lists.addresses import of_list
from aperto.web.lists.frame import frame_context
from aperto.web.lists.listing import problem
from aperto.web.lists.page import rights_context
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

PLACE = "/board"


def board_of(request: Request, declaration: ObjectType) -> Board:
    if not declaration.board:
        raise Missing(declaration.key)
    return Board(listing_of(request, declaration, place=PLACE))


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    if not declaration.board:
        raise Missing(declaration.key)
    known = visible_views(request.actor, declaration.key)
    listing = listing_of(request, declaration, known, PLACE)
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    board = Board(listing)
    lanes, message = _read(board)
    added = addition.text or (listing.text if message else "")
    context = board_context(board, lanes) | {"message": message or addition.message, "added": added}
    status = 422 if context["message"] else 200
    if is_partial(request):
        return render(request, "boards/board.html", context, part="board", status=status)
    return render(request, "boards/board.html", context | frame_context(listing, known), status=status)


def _read(board: Board) -> tuple[Sequence[Shown], str]:
    try:
        return board.shown(), ""
    except FieldError as error:
        return [], problem(error)


def board_context(board: Board, lanes: Sequence[Shown]) -> dict[str, Any]:
    listing = board.listing
    key = listing.declaration.key
    return {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": "board",
        "lanes": lanes,
        "pipelines": [(each, listing.url(pipeline=each.key)) for each in board.lanes.pipelines],
        "is_empty": not lanes,
        "known": "",
        "urls": of_list(listing)
        | {
            "move": listing.url("/board/move/{id}"),
            "sums": listing.url("/board/sums"),
            "total": listing.url("/board/total"),
            "new": f"/{key}/new?{board.field.key}=",
        },
        "may_edit": listing.actor.may(listing.declaration, Verb.EDIT),
        **rights_context(listing),
    }


@require_GET
@object_page
def lane(request: Request, declaration: ObjectType) -> HttpResponse:
    """More cards of one lane."""
    board = board_of(request, declaration)
    found = board.lanes.find(request.GET.get("lane", ""))
    try:
        shown = board.more(found, request.GET.get("cursor", ""))
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(shown.cards + render_to_string("boards/more.html", {"next": shown.next}))


@require_GET
@object_page
def sums(request: Request, declaration: ObjectType) -> HttpResponse:
    """Count and sum of every lane, and what the open ones are worth, each for its place in the page."""
    board = board_of(request, declaration)
    try:
        totals = board.totals(board.lanes.lanes)
    except FieldError:
        return HttpResponse("")
    return render(request, "boards/sums.html", sums_context(board, totals))


def sums_context(board: Board, totals: Any) -> dict[str, Any]:
    return {"heads": board.numbered(board.lanes.lanes, totals), "summary": board.summary(totals), "oob": True}
