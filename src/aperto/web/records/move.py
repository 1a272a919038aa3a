"""Moving a record to another stage: what the stage requires is asked first."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.web.door import done, object_page
from aperto.web.forms.answer import form_answer
from aperto.web.forms.controls import Typed, controls, read, sent
from aperto.web.records import answers
from aperto.web.records.parts import refreshed
from aperto.web.records.reading import Shown, resolved, shown
from aperto.web.records.stops import asked
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"


@require_http_methods(["GET", "POST"])
@object_page
def move(request: Request, declaration: ObjectType, record: UUID, stage: UUID) -> HttpResponse:
    """GET asks what the stage requires; POST moves the record there."""
    held = shown(request.actor, declaration, record)
    step = stages.find(stage)
    if not declaration.path or step is None or step.of_object != declaration.key:
        raise Missing(stage)
    if not held.editable:
        raise Refused(Verb.EDIT)
    fields = asked(held, step)
    if request.method == "GET":
        return _ask(request, held, step, fields, None)
    typed = read(sent(fields, request.POST), request.POST, request.actor.viewer)
    if typed.errors:
        return _ask(request, held, step, fields, typed)
    values = {declaration.path: Ref("stage", step.id), **typed.values}
    try:
        outcome = changes.save(request.actor, held.handle(), values, via=VIA)
    except Invalid as invalid:
        if declaration.path in invalid.errors:
            text = " ".join(str(message) for message in invalid.errors[declaration.path])
            return done(request, text, tone="bad", to=held.url)
        typed.add(invalid.errors)
        also = [each for key, each in declaration.writable.items() if key in invalid.errors]
        return _ask(request, held, step, list({each.key: each for each in [*fields, *also]}.values()), typed)
    undo = f"/undo/{outcome.change.id}" if outcome.change else ""
    text = _("Moved to %(stage)s.") % {"stage": step.name}
    if not is_partial(request):
        return done(request, text, undo=undo, to=held.url)
    events = answers.events(text, answers.CHANGED, answers.CLOSE, undo=undo)
    return refreshed(request, declaration, record, events)


def _ask(request: Request, held: Shown, step: Step, fields: list[Field], typed: Typed | None) -> HttpResponse:
    values = resolved(request.actor, fields, {**held.values, **(typed.values if typed else {})})
    context = {
        "heading": _("Move to %(stage)s") % {"stage": step.name},
        "form_url": f"{held.url}/stage/{step.id}",
        "dialog_id": "dialog-stage",
        "controls": controls(fields, values, request.actor, typed, autofocus=True),
        "general": typed.errors.get("", []) if typed else [],
        "save_label": _("Move"),
        "back": held.url,
    }
    return form_answer(request, context, status=422 if typed else 200)
