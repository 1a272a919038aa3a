"""The verbs of the business on a record: each asks its questions and is carried out."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from aperto.kernel.errors import Conflict, Invalid, Missing
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects import actions
from aperto.kernel.objects.actions import Action, Input
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.forms.answer import form_answer, redirected
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.records.reading import Shown, resolved, shown
from aperto.web.request import Request

VIA = "page"


@require_http_methods(["GET", "POST"])
@object_page
def act(request: Request, declaration: ObjectType, record: UUID, name: str) -> HttpResponse:
    """GET asks; POST does it and shows what came of it."""
    action = actions.get(f"{declaration.key}.{name}")
    held = shown(request.actor, declaration, record)
    action.check(request.actor)
    row = held.record()
    asked = action.inputs(request.actor, row)
    if request.method == "GET":
        if not action.fits(row):
            raise Missing(name)
        return _ask(request, held, action, asked, None)
    typed = read([each.field for each in asked], request.POST, request.actor.viewer)
    if not typed.errors:
        try:
            result = action.run(request.actor, row, via=VIA, **typed.values)
        except Invalid as invalid:
            typed.add(invalid.errors)
        except Conflict:
            return HttpResponse(status=409)
        else:
            undo = f"/undo/batch/{result.batch}" if result.batch else ""
            to = f"/{result.record.declares.key}/{result.record.pk}"
            return redirected(request, result.message, undo=undo, to=to)
    return _ask(request, held, action, asked, typed)


def _ask(
    request: Request, held: Shown, action: Action, asked: list[Input], typed: Typed | None
) -> HttpResponse:
    fields = [each.field for each in asked]
    proposed: dict[str, Any] = {each.field.key: each.value for each in asked}
    values = resolved(request.actor, fields, {**proposed, **(typed.values if typed else {})})
    shown_controls = controls(fields, values, request.actor, typed, autofocus=True)
    hints = {each.field.key: each.hint for each in asked}
    known = {each.key for each in fields}
    context = {
        "heading": f"{text_of(action.label)}: {held.title}",
        "form_url": f"{held.url}/action/{action.key.rpartition('.')[2]}",
        "dialog_id": "dialog-action",
        "controls": [
            replace(each, help=each.help or SafeString(text_of(hints[each.key]))) for each in shown_controls
        ],
        "general": [
            m for key, each in (typed.errors if typed else {}).items() if key not in known for m in each
        ],
        "save_label": text_of(action.label),
        "back": held.url,
    }
    return form_answer(request, context, status=422 if typed else 200)
