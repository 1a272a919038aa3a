"""A card put into another lane: one write like any other, with what the lane asks for."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Outcome
from aperto.kernel.errors import Conflict, Invalid, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import visible
from aperto.web.boards.board import Board
from aperto.web.boards.lanes import Lane
from aperto.web.boards.page import board_of, sums_context
from aperto.web.door import object_page
from aperto.web.forms.conflict import conflict_answer
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.lists.cell import messages_of, version_of
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render

VIA = "board"


@require_POST
@object_page
def move(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    board = board_of(request, declaration)
    lane = board.lanes.find(request.POST.get("lane", ""))
    held = shown(request.actor, declaration, record, [board.field.key])
    if board.field.readonly or not held.editable:
        raise Refused(Verb.EDIT)
    asked = [field for key, field in declaration.writable.items() if key in request.POST.getlist("asked")]
    typed = read(asked, request.POST, request.actor.viewer)
    if typed.errors:
        return _ask(request, board, lane, held, asked, typed)
    values = {**typed.values, board.field.key: lane.target}
    version = version_of(request.POST.get("version", ""))
    try:
        outcome = changes.save(request.actor, held.handle(), values, via=VIA, if_version=version)
    except Invalid as invalid:
        return _refused(request, board, lane, held, typed, invalid)
    except Conflict as conflict:
        return conflict_answer(request, held, conflict, values)
    return _moved(request, board, lane, record, outcome, from_dialog=bool(asked))


def _refused(
    request: Request, board: Board, lane: Lane, held: Shown, typed: Typed, invalid: Invalid
) -> HttpResponse:
    """What the lane asks for is asked in a dialog; what no answer could mend is said."""
    writable = held.declaration.writable
    wanted = [writable[key] for key in invalid.errors if key in writable and key != board.field.key]
    if not wanted or len(wanted) < len(invalid.errors):
        text = " ".join(messages_of(invalid, held.declaration, board.field.key))
        toast = json.dumps({"toast": {"text": text, "tone": "bad"}})
        return HttpResponse(status=422, headers={"HX-Trigger": toast})
    if request.POST.getlist("asked"):
        typed.add(invalid.errors)
        wanted += [writable[key] for key in request.POST.getlist("asked") if key in writable]
        return _ask(request, board, lane, held, list(dict.fromkeys(wanted)), typed)
    return _ask(request, board, lane, held, wanted, None)


def _ask(
    request: Request, board: Board, lane: Lane, held: Shown, wanted: Sequence[Field], typed: Typed | None
) -> HttpResponse:
    full = shown(request.actor, held.declaration, held.id, [field.key for field in wanted])
    context = {
        "title": held.title,
        "lane": lane,
        "fields": controls(wanted, full.values, request.actor, typed, autofocus=True),
        "asked": [field.key for field in wanted],
        "version": request.POST.get("version", ""),
        "before": request.POST.get("before", ""),
        "dialog_id": f"dialog-move-{held.id}",
        "form_url": board.listing.url(f"/board/move/{held.id}"),
        "save_label": _("Move"),
    }
    return render(request, "boards/ask.html", context, status=422)


def _moved(
    request: Request, board: Board, lane: Lane, record: UUID, outcome: Outcome, from_dialog: bool
) -> HttpResponse:
    """The card as it is now and the heads of the lanes, each for its place in the page."""
    page = visible(request.actor, board.listing.declaration.key).only([record])
    rows = page.page(columns=board.columns, limit=1).rows
    totals = board.totals(board.lanes.lanes)
    body = render_to_string("boards/sums.html", sums_context(board, totals), request)
    card = "".join(board.drawer.card(row, lane, ' hx-swap-oob="true"') for row in rows)
    headers = {"Aperto-Version": str(rows[0].version)} if rows else {}
    events: dict[str, Any] = {"dialog:close": True} if from_dialog else {}
    if outcome.change and not lane.is_open:
        text = _("“%(title)s” is in %(lane)s.") % {"title": rows[0].title if rows else "", "lane": lane.name}
        events["toast"] = {"text": text, "undo": f"/undo/{outcome.change.pk}"}
    if events:
        headers["HX-Trigger"] = json.dumps(events)
    if from_dialog:
        headers["HX-Reswap"] = "none"
    return HttpResponse(mark_safe(body + card), headers=headers)  # noqa: S308 - rendered and escaped
