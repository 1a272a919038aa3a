"""What happened to a record, as a part of its page that loads on as one reads."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.timeline import Past, past
from aperto.web.door import object_page
from aperto.web.records.entries import entries
from aperto.web.records.events import events
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render

LENGTH = 25


def timeline_context(record: Shown, read: Past, above: date | None = None) -> dict[str, Any]:
    lines, day = entries(record.actor, record.declaration, read.happenings, above)
    following = f"{record.url}/timeline?before={read.next}&day={day or ''}" if read.next else ""
    return {"record": record, "events": events(lines), "following": following}


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """The newest lines as the whole region; with `before` the lines further back."""
    held = shown(request.actor, declaration, record, ())
    before = request.GET.get("before", "")
    read = past(held.actor, held.id, before, LENGTH)
    context = timeline_context(held, read, _day(request.GET.get("day", "")))
    template = "records/parts/events.html" if before else "records/parts/timeline.html"
    return render(request, template, context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
