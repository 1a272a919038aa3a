"""Some cards of a board as they are now, each under its lane, and the sums of the lanes."""

from collections import defaultdict

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import Row
from aperto.web.boards.board import Board
from aperto.web.boards.lanes import key_of
from aperto.web.boards.page import board_of, sums_context
from aperto.web.door import object_page
from aperto.web.lists.listing import problem
from aperto.web.live.asked import MOST, ids_of
from aperto.web.request import Request


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    board = board_of(request, declaration)
    columns = list(dict.fromkeys([*board.columns, board.field.key]))
    try:
        page = board.listing.selection.only(ids_of(request)).page(columns=columns, limit=MOST)
        sums = render_to_string("boards/sums.html", sums_context(board, board.totals(board.lanes.lanes)))
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(mark_safe(lanes(board, page.rows) + sums))  # noqa: S308 - drawn and escaped


def lanes(board: Board, rows: list[Row]) -> str:
    """The cards in boxes that name their lanes; what stands in no lane of this board is left out."""
    standing: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        standing[key_of(row.values[board.field.key])].append(row)
    return "".join(
        f'<div data-now-lane="{escape(lane.key)}">{board.drawer.cards(standing[lane.key], lane)}</div>'
        for lane in board.lanes.lanes
        if lane.key in standing
    )
