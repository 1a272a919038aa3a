"""Removing one, later or all of a series; carrying a single change to the others; a rule in words."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.lookup import get_change
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.recurrence import composing, reach, words
from aperto.kernel.recurrence.reach import Reach
from aperto.kernel.recurrence.rule import read
from aperto.web.door import done, object_page, person_page
from aperto.web.forms.answer import form_answer, redirected
from aperto.web.records.reading import Shown, shown
from aperto.web.recurrence import asking
from aperto.web.request import Request

VIA = "page"


@require_http_methods(["GET", "POST"])
@object_page
def remove(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held = _one_of_several(request, declaration, record)
    if not held.may(Verb.DELETE):
        raise Refused(Verb.DELETE)
    if request.method == "GET":
        return _ask(request, held, "delete", _("Delete %(title)s"), _("Delete"))
    try:
        batch = reach.delete(request.actor, held.handle(), asking.answer(request), via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    text = _("“%(title)s” was deleted.") % {"title": held.title}
    return redirected(request, text, undo=f"/undo/batch/{batch}", to=f"/{declaration.key}")


@require_http_methods(["GET", "POST"])
@object_page
def carry(request: Request, declaration: ObjectType, record: UUID, change: UUID) -> HttpResponse:
    """What was changed here alone, changed in the others too."""
    held = _one_of_several(request, declaration, record)
    made = get_change(request.actor, change)
    if made.record != record or made.verb != "changed":
        raise Missing(change)
    if not held.editable:
        raise Refused(Verb.EDIT)
    if request.method == "GET":
        return _ask(request, held, f"carry/{change}", _("Change others of %(title)s too"), _("Change"))
    values = {key: new for key, (_old, new) in made.diff.items() if key in declaration.writable}
    try:
        batch = reach.carry(request.actor, held.handle(), values, asking.answer(request), via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    return redirected(request, _("Saved."), undo=f"/undo/batch/{batch}", to=held.url)


def _one_of_several(request: Request, declaration: ObjectType, record: UUID) -> Shown:
    held = shown(request.actor, declaration, record)
    if not asking.is_one_of_several(held):
        raise Missing(record)
    return held


def _ask(request: Request, held: Shown, verb: str, heading: str, label: str) -> HttpResponse:
    but = (Reach.ONE,) if verb.startswith("carry") else ()
    proposed = Reach.LATER if but else Reach.ONE
    context = {
        "heading": heading % {"title": f"“{held.title}”"},
        "form_url": f"{held.url}/occurrences/{verb}",
        "dialog_id": "dialog-occurrences",
        "controls": [asking.question(held, proposed, but)],
        "save_label": label,
        "back": held.url,
    }
    return form_answer(request, context)


@require_GET
@person_page
def said(request: Request) -> HttpResponse:
    """What the choices of a form come to, as a sentence; with what is wrong where they come to nothing."""
    viewer, name = request.actor.viewer, request.GET.get("name", "")
    sent = composing.from_form(request.GET, name)
    try:
        text = composing.compose(sent, viewer) if isinstance(sent, dict) else ""
        rule = read(text) if text else None
        day = composing.begins(request.GET.get("moment", ""), viewer)
        sentence = words.sentence(rule.completed(day) if day else rule, viewer) if rule else ""
    except FieldError as error:
        sentence = str(error.message)
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8")
