"""Giving a record to somebody else, in one small dialog."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.forms.answer import form_answer
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.records import answers
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"
OWNER = "owner"


@require_http_methods(["GET", "POST"])
@object_page
def reassign(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET asks to whom; POST gives it away, with a way back."""
    held = shown(request.actor, declaration, record, (OWNER,))
    field = held.fields.get(OWNER)
    if field is None:
        raise Missing(OWNER)
    if not held.editable or field.readonly:
        raise Refused(Verb.EDIT)
    if request.method == "GET":
        return _ask(request, held, None)
    typed = read([field], request.POST, request.actor.viewer)
    if not typed.errors:
        try:
            outcome = changes.save(request.actor, held.handle(), typed.values, via=VIA)
        except Invalid as invalid:
            typed.add(invalid.errors)
        else:
            return _done(request, held, f"/undo/{outcome.change.id}" if outcome.change else "")
    return _ask(request, held, typed)


def _done(request: Request, held: Shown, undo: str) -> HttpResponse:
    text = _("“%(title)s” is given away.") % {"title": held.title}
    if not is_partial(request):
        return done(request, text, undo=undo, to="/tasks")
    headers = answers.events(text, answers.CHANGED, answers.ROWS, answers.CLOSE, undo=undo)
    return HttpResponse(status=204, headers=headers)


def _ask(request: Request, held: Shown, typed: Typed | None) -> HttpResponse:
    context = {
        "heading": _("Give to somebody: %(title)s") % {"title": held.title},
        "form_url": f"{held.url}/reassign",
        "dialog_id": "dialog-reassign",
        "controls": controls([held.fields[OWNER]], held.values, request.actor, typed, autofocus=True),
        "general": [m for key, each in (typed.errors if typed else {}).items() if key != OWNER for m in each],
        "save_label": _("Give"),
        "back": held.url,
    }
    return form_answer(request, context, status=422 if typed else 200)
