"""What comes next for a record, and ending it with a tick."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.timeline import Happening, planned
from aperto.kernel.viewer import Viewer
from aperto.web.door import done, object_page
from aperto.web.records import answers
from aperto.web.records.about import follow_up
from aperto.web.records.reading import Shown, shown
from aperto.web.records.steps import step_lines, step_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

VIA = "page"


def next_context(record: Shown, coming: Sequence[Happening] | None = None) -> dict[str, Any]:
    """`coming` is what is planned, where it was read already."""
    following = follow_up(record.actor, record.declaration.key)
    steps = [
        step_of(record.actor, each.declaration, each.activity)
        for each in (planned(record.actor, record.id) if coming is None else coming)
        if each.declaration is not None and each.activity is not None
    ]
    add = f"{record.url}/compose/{following.key}" if following else ""
    return {"record": record, "steps": step_lines(steps), "add_url": add}


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    return render(
        request, "records/parts/next.html", next_context(shown(request.actor, declaration, record, ()))
    )


@require_POST
@object_page
def finish(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """Ends an activity: the box is ticked, or the day is noted."""
    if declaration.activity is None or not declaration.activity.done:
        raise Missing(record)
    held = shown(request.actor, declaration, record, (declaration.activity.done,))
    if not held.editable:
        raise Refused(Verb.EDIT)
    ending = declaration.fields[declaration.activity.done]
    values = {ending.key: _ended(ending.kind, request.actor.viewer)}
    try:
        outcome = changes.save(request.actor, held.handle(), values, via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    undo = f"/undo/{outcome.change.id}" if outcome.change else ""
    text = _("“%(title)s” is done.") % {"title": held.title}
    if is_partial(request):
        ended = {"activity-ended": {"url": f"{held.url}/following"}}
        return HttpResponse(status=204, headers=answers.events(text, answers.CHANGED, ended, undo=undo))
    return done(request, text, undo=undo, to=held.url)


def _ended(kind: str, viewer: Viewer) -> Any:
    """What ends an activity, by the kind of the field that says so."""
    return {"date": viewer.now().date(), "datetime": datetime.now(UTC)}.get(kind, True)
