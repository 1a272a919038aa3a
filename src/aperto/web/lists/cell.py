"""One cell edited in place: its editor, and what becomes of the value that was typed."""

import json
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Outcome
from aperto.kernel.errors import Conflict, FieldError, Invalid, Missing, Refused
from aperto.kernel.fields import controls as pieces
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.cells import cell_of
from aperto.web.door import object_page
from aperto.web.forms.conflict import conflict_answer
from aperto.web.forms.controls import Typed, editor, typed_editor
from aperto.web.forms.uploads import posted
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import listing_of
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request

VIA = "list"


@require_http_methods(["GET", "POST"])
@object_page
def cell(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """GET: the editor of one cell; POST: its new value, and the cell or the row as it is then."""
    held = shown(request.actor, declaration, record, [key])
    field = held.fields.get(key)
    if field is None:
        raise Missing(key)
    if field.readonly or not held.editable:
        raise Refused(Verb.EDIT)
    if request.method == "GET":
        control = editor(field, held.values.get(key), request.actor, key, pieces.label_of(field.label))
        return HttpResponse(control + pieces.hidden("version", str(held.version)))
    if not is_sent(request, key):
        raise BadRequest(key)
    return _save(request, held, field)


def is_sent(request: Request, key: str) -> bool:
    """Whether the form names the field at all: silence about it must not empty it."""
    return any(name.partition(".")[0] == key for name in (*request.POST, *request.FILES))


def _save(request: Request, held: Shown, field: Field) -> HttpResponse:
    key = field.key
    post, refused = posted(request, [field])
    if refused:
        return _refused(request, held, field, [str(message) for message in refused[key]])
    try:
        value = field.parse(field.read_form(post, key), request.actor.viewer)
        version = version_of(request.POST.get("version", ""))
        outcome = changes.save(request.actor, held.handle(), {key: value}, via=VIA, if_version=version)
    except FieldError as error:
        return _refused(request, held, field, [str(error.message)])
    except Invalid as invalid:
        return _refused(request, held, field, messages_of(invalid, held.declaration, key))
    except Conflict as conflict:
        return conflict_answer(request, held, conflict, {key: value})
    return _saved(request, listing_of(request, held.declaration), field, held.id, outcome)


def version_of(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def messages_of(invalid: Invalid, declaration: ObjectType, key: str = "") -> list[str]:
    """The messages of a refused write, each about another field than `key` with the name of its field."""
    said = []
    for about, messages in invalid.errors.items():
        field = declaration.fields.get(about)
        label = field.label if field and about != key else ""
        said += [f"{label}: {message}" if label else str(message) for message in messages]
    return said


def _refused(request: Request, held: Shown, field: Field, messages: Sequence[str]) -> HttpResponse:
    """The editor again with what was typed, and why it cannot be."""
    typed = Typed(request.POST, errors={field.key: list(messages)})
    label = pieces.label_of(field.label)
    control = typed_editor(field, held.values.get(field.key), request.actor, field.key, label, typed)
    version = pieces.hidden("version", request.POST.get("version") or str(held.version))
    message = format_html('<p class="field-error">{}</p>', " ".join(messages))
    return HttpResponse(control + version + message, status=422)


def _saved(request: Request, listing: Listing, field: Field, record: UUID, outcome: Outcome) -> HttpResponse:
    """The cell as it is now, or the whole row when more of it changed than the cell."""
    row = listing.row(record)
    if row is None:
        return _gone(record)
    changed = set(outcome.change.diff) | {"title", "updated_at"} if outcome.change else set()
    others = {each.field.key for each in listing.columns if each.field.key != field.key}
    column = next((each for each in listing.columns if each.field.key == field.key), None)
    if column is None:
        held = shown(request.actor, listing.declaration, record, [field.key])
        body = field.cell(held.values.get(field.key), request.actor.viewer)
    elif column.leads or others & changed:
        body = listing.drawer().row(row)
    else:
        body = cell_of(column, listing.declaration, row, request.actor.viewer)
    headers = {"Aperto-Version": str(row.version), "HX-Trigger": json.dumps({"cell-saved": True})}
    return HttpResponse(body, headers=headers)


def _gone(record: UUID) -> HttpResponse:
    """Who gives a record away may lose sight of it by that: it is saved, and no longer theirs."""
    text = _("Saved. This record is no longer shared with you.")
    events = json.dumps({"toast": {"text": text, "tone": "info"}})
    row = f'<tr class="gone"><td colspan="99">{escape(text)}</td></tr>'
    return HttpResponse(row, headers={"HX-Trigger": events})
