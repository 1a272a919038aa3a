"""The page of one record. A deleted one says who deleted it and when, and how it comes back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel import records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.timeline import both
from aperto.web.door import object_page
from aperto.web.files.viewer import files_context
from aperto.web.records import recent
from aperto.web.records.blank import blank_composer
from aperto.web.records.nearby import near_moment
from aperto.web.records.parts import details_context, head_context
from aperto.web.records.planned import next_context
from aperto.web.records.reading import Shown, shown
from aperto.web.records.related import related_context
from aperto.web.records.timeline import LENGTH, timeline_context
from aperto.web.request import Request
from aperto.web.shell import render
from aperto.web.together.comments import comments_context


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    try:
        held = shown(request.actor, declaration, record)
    except Missing:
        return gone(request, declaration, record)
    asked = request.GET.get("compose")
    read, coming = both(held.actor, held.id, LENGTH)
    context = {
        **head_context(held),
        **details_context(held),
        "composer": blank_composer(request, held, asked or "", focus=asked is not None),
        **next_context(held, coming),
        **related_context(held),
        **comments_context(held),
        **timeline_context(held, read),
        **_footing(held),
        **files_context(held),
        "declaration": declaration,
    }
    answer = render(request, "records/record.html", context)
    recent.remember(request, answer, held.ref)
    return answer


def _footing(held: Shown) -> dict[str, Any]:
    """Who made the record and who changed it last."""
    viewer = held.actor.viewer

    def moment(key: str) -> str:
        value = held.values.get(key)
        return near_moment(value, viewer) if value else ""

    def person(key: str) -> str:
        ref = held.values.get(key)
        return ref.title if ref else ""

    return {
        "created": (moment("created_at"), person("created_by")),
        "changed": (moment("updated_at"), person("updated_by")),
    }


def gone(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """For whoever could read it, the deleted record; for everybody else there is nothing."""
    columns = ("deleted_at", "updated_by", "owner", "team")
    page = records.deleted(request.actor, declaration.key).only([record]).page(columns=columns, limit=1)
    if not page.rows:
        raise Missing(record)
    [row] = page.rows
    held = Shown(request.actor, declaration, row.id, row.version, row.title, row.values, declaration.fields)
    by = row.values["updated_by"]
    context = {
        "record": held,
        "label": text_of(declaration.label),
        "plural": text_of(declaration.plural),
        "list_url": f"/{declaration.key}",
        "at": near_moment(row.values["deleted_at"], request.actor.viewer),
        "by": by.title if by else "",
        "restore_url": f"{held.url}/restore" if held.may(Verb.DELETE) else "",
    }
    return render(request, "records/gone.html", context, status=410)
