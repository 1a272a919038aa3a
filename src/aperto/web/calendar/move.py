"""An entry that was put elsewhere or made longer: one write like any other, in the times of the viewer."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.calendar.axis import Axis, axis_of
from aperto.kernel.changes import Outcome
from aperto.kernel.errors import Conflict, FieldError, Invalid, Refused
from aperto.kernel.fields.formats.times import to_utc
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import Row
from aperto.kernel.viewer import Viewer
from aperto.web.door import object_page
from aperto.web.forms.conflict import conflict_answer
from aperto.web.lists.cell import messages_of, version_of
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request

VIA = "calendar"


@require_POST
@object_page
def move(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """`begins` is where it begins now, `ends` where it ends if it was stretched: days, or times of the clock
    on the wall. A day alone keeps the time of day."""
    axis = axis_of(request.actor, declaration, request.POST.get("field", ""))
    held = shown(request.actor, declaration, record, axis.keys)
    if not axis.movable or not held.editable:
        raise Refused(Verb.EDIT)
    try:
        values = moved(axis, held, request)
    except FieldError as error:
        return _said(str(error.message), status=422)
    version = version_of(request.POST.get("version", ""))
    try:
        outcome = changes.save(request.actor, held.handle(), values, via=VIA, if_version=version)
    except Invalid as invalid:
        return _said(" ".join(messages_of(invalid, held.declaration)), status=422)
    except Conflict as conflict:
        return conflict_answer(request, held, conflict, values)
    return _moved(held, outcome)


def moved(axis: Axis, held: Shown, request: Request) -> dict[str, Any]:
    """The values to write; FieldError for a time that cannot be."""
    viewer = request.actor.viewer
    old = axis.span(Row(held.id, held.version, held.title, dict(held.values)))
    begins = _read(request.POST.get("begins", ""), old[0], axis, viewer)
    given = request.POST.get("ends", "")
    if given and not axis.stretchable:
        raise Refused(Verb.EDIT)
    ends = _read(given, old[1], axis, viewer) if given else None
    if ends is not None and ends < begins:
        raise FieldError(_("The end lies before the start."))
    return axis.moved(begins, ends, old)


def _read(text: str, old: Any, axis: Axis, viewer: Viewer) -> Any:
    try:
        if axis.whole_days:
            return date.fromisoformat(text[:10])
        if len(text) > 10:
            return to_utc(datetime.fromisoformat(text), viewer.zone)
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest(text[:40]) from None
    clock = old.astimezone(viewer.zone).time() if old else datetime.min.time()
    return to_utc(datetime.combine(day, clock), viewer.zone)


def _said(text: str, status: int) -> HttpResponse:
    toast = json.dumps({"toast": {"text": text, "tone": "bad"}})
    return HttpResponse(status=status, headers={"HX-Trigger": toast})


def _moved(held: Shown, outcome: Outcome) -> HttpResponse:
    events: dict[str, Any] = {"rows-changed": True}
    if outcome.change:
        text = _("“%(title)s” was moved.") % {"title": held.title}
        events["toast"] = {"text": text, "tone": "good", "undo": f"/undo/{outcome.change.pk}"}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})
