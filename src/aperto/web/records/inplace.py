"""Editing one field where it is read."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.http import HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Conflict, FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.fields import controls as pieces
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.forms.conflict import conflict_answer
from aperto.web.forms.controls import Typed, editor, typed_editor
from aperto.web.forms.states import asked
from aperto.web.forms.uploads import posted
from aperto.web.records import answers
from aperto.web.records.details import line_of, unasked
from aperto.web.records.parts import head_context
from aperto.web.records.reading import Shown, shown
from aperto.web.recurrence import asking
from aperto.web.request import Request

VIA = "page"


@require_http_methods(["GET", "POST"])
@object_page
def edit(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """GET: the editor of one field; POST: its new value, and what followed from it."""
    held = shown(request.actor, declaration, record, [key])
    each = held.fields.get(key)
    if each is None:
        raise Missing(key)
    if each.readonly or not held.editable:
        raise Refused(Verb.EDIT)
    if request.method == "GET":
        return _editor(request, held, each)
    post, refused = posted(request, [each])
    if refused:
        return _editor(request, held, each, refused[key])
    try:
        value = each.parse(each.read_form(post, key), request.actor.viewer)
        version = _version(request)
        outcome = changes.save(request.actor, held.handle(), {key: value}, via=VIA, if_version=version)
    except FieldError as error:
        return _editor(request, held, each, [error.message])
    except Invalid as invalid:
        return _editor(request, held, each, list(_messages(declaration, invalid, key)))
    except Conflict as conflict:
        return conflict_answer(request, held, conflict, {key: value})
    changed = [other for other in (outcome.change.diff if outcome.change else {}) if other != key]
    return _saved(request, declaration, record, key, changed, outcome.change)


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _messages(declaration: ObjectType, invalid: Invalid, key: str) -> Iterable[Message]:
    """Messages about other fields name them: here only one field is seen."""
    for other, messages in invalid.errors.items():
        field_ = declaration.fields.get(other)
        for message in messages:
            yield message if other in ("", key) or field_ is None else f"{text_of(field_.label)}: {message}"


def _editor(request: Request, held: Shown, each: Field, errors: Sequence[Message] = ()) -> HttpResponse:
    """Only the controls. Refused text stays in the page, so the body holds the control and the message."""
    if not errors:
        html = editor(each, held.values.get(each.key), request.actor, each.key, pieces.label_of(each.label))
        return HttpResponse(html + pieces.hidden("version", str(held.version)))
    typed = Typed(request.POST, errors={each.key: list(errors)})
    label = pieces.label_of(each.label)
    control = typed_editor(each, held.values.get(each.key), request.actor, each.key, label, typed)
    messages = " ".join(escape(str(message)) for message in errors)
    version = pieces.hidden("version", request.POST.get("version") or str(held.version))
    return HttpResponse(f'{control}{version}<p class="field-error">{messages}</p>', status=422)


def _saved(
    request: Request,
    declaration: ObjectType,
    record: UUID,
    key: str,
    changed: Sequence[str],
    change: Change | None,
) -> HttpResponse:
    held = shown(request.actor, declaration, record)
    others = [line_of(held, held.fields[other]) for other in changed if other in held.fields]
    names = {"records/parts/head.html": head_context(held), "records/parts/lines.html": {"lines": others}}
    shown_now = {"fields-shown": {"unasked": unasked(held)}} if asked(declaration) else {}
    headers = answers.events("", answers.CHANGED, shown_now, asking.offer(held, key, change))
    answer = answers.fragments(request, names, first=held.html(key), headers=headers)
    answer.headers["Aperto-Version"] = str(held.version)
    return answer
