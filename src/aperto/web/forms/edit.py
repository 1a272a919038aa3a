"""All fields of a record at once. Whoever was faster is not overwritten: both versions are shown."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Conflict, Invalid, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.recurrence import reach as reaching
from aperto.kernel.recurrence.reach import Reach
from aperto.web.door import object_page
from aperto.web.forms import states
from aperto.web.forms.answer import IN_DIALOG, form_answer, redirected
from aperto.web.forms.conflict import conflict_answer
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.forms.layout import full, sections
from aperto.web.forms.uploads import posted
from aperto.web.records import answers
from aperto.web.records.reading import Shown, resolved, shown
from aperto.web.recurrence import asking
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"


@require_http_methods(["GET", "POST"])
@object_page
def edit(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held = shown(request.actor, declaration, record)
    if not held.editable:
        raise Refused(Verb.EDIT)
    fields = full(request.actor, declaration)
    if request.method == "GET":
        return _form(request, held, fields, None, held.version)
    seen = _version(request, held)
    post, refused = posted(request, fields)
    sent = [each for each in fields if f"has.{each.key}" in post]
    typed = read(sent, post, request.actor.viewer)
    typed.add(refused)
    if typed.errors:
        return _form(request, held, fields, typed, seen)
    try:
        undo = _save(request, held, typed.values, seen)
    except Invalid as invalid:
        typed.add(invalid.errors)
        return _form(request, held, fields, typed, seen)
    except Conflict as conflict:
        return conflict_answer(request, held, conflict, typed.values)
    text = _("Saved.") if undo else _("Nothing was changed.")
    if is_partial(request) and IN_DIALOG in request.POST:
        changed = {**answers.CHANGED, "related-changed": True, "rows-changed": True}
        headers = answers.events(text, changed, answers.CLOSE, undo=undo)
        return HttpResponse(status=204, headers=headers)
    return redirected(request, text, undo=undo, to=held.url)


def _save(request: Request, held: Shown, values: dict[str, Any], seen: int) -> str:
    """The address that takes it back, "" where nothing differed. One of a series may carry it further."""
    reach = asking.answer(request)
    if reach is not Reach.ONE and asking.is_one_of_several(held):
        actor = request.actor
        return f"/undo/batch/{reaching.save(actor, held.handle(), values, reach, via=VIA, if_version=seen)}"
    outcome = changes.save(request.actor, held.handle(), values, via=VIA, if_version=seen)
    return asking.undo_of(outcome.change)


def _version(request: Request, held: Shown) -> int:
    """The version that the form was filled from; a form that does not say it gets no say over others."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else held.version


def _form(
    request: Request, held: Shown, fields: list[Field], typed: Typed | None, version: int
) -> HttpResponse:
    values: dict[str, Any] = dict(held.values)
    if typed:
        values |= resolved(request.actor, [each for each in fields if each.key in typed.values], typed.values)
    listed = controls(fields, values, request.actor, typed, autofocus=True)
    listed = states.dressed(request.actor, held.declaration, listed, values, held.id)
    listed += asking.beside_form(request, held)
    keys = {each.key for each in fields}
    context = {
        "declaration": held.declaration,
        "record": held,
        "heading": _("Edit %(title)s") % {"title": held.title},
        "form_url": f"{held.url}/edit",
        "dialog_id": "dialog-edit",
        "size": "wide",
        "controls": listed,
        "sections": sections(held.declaration, listed),
        "hidden": [("version", version), *((f"has.{each.key}", "1") for each in fields)],
        "general": [
            m for key, each in (typed.errors if typed else {}).items() if key not in keys for m in each
        ],
        "duplicates_url": f"{held.url}/duplicates" if held.declaration.duplicates else "",
        "states_url": states.address(held.declaration, held.id),
        "save_label": _("Save"),
        "back": held.url,
    }
    return form_answer(request, context, status=422 if typed else 200, name="forms/record")
