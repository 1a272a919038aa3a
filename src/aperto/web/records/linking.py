"""Linking a record that exists, unlinking it again, and files that are dropped on a record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aperto.kernel import changes, fields
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Outcome
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.files import dropping
from aperto.web.forms.answer import form_answer
from aperto.web.forms.controls import Typed, controls, read
from aperto.web.records import answers
from aperto.web.records.panels import Source, links, sources
from aperto.web.records.reading import Shown, resolved, shown
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"
LINKED = {"related-changed": True}


def source_of(held: Shown, number: int) -> Source:
    for each in sources(held):
        if each.number == number:
            return each
    raise Missing(number)


@require_http_methods(["GET", "POST"])
@object_page
def link(request: Request, declaration: ObjectType, record: UUID, number: int) -> HttpResponse:
    """GET asks which record; POST links it, from whichever side holds the link."""
    held = shown(request.actor, declaration, record)
    source = source_of(held, number)
    if source.content:
        raise Missing(number)
    asked = _questions(source)
    if request.method == "GET":
        return _ask(request, held, source, asked, None)
    typed = read(asked, request.POST, request.actor.viewer)
    if typed.values.get("record") is None and "record" not in typed.errors:
        typed.errors["record"] = [_("Choose a record.")]
    if not typed.errors:
        try:
            outcome = _link(held, source, typed.values["record"], typed.values.get("role") or "")
        except Invalid as invalid:
            typed.errors["record"] = list(invalid.messages)
        else:
            return _linked(request, held, outcome, _("%(panel)s: linked.") % {"panel": source.title})
    return _ask(request, held, source, asked, typed)


def _questions(source: Source) -> list[Field]:
    record = fields.Reference(source.target.label, to=source.target.key, required=True)
    record.key = "record"
    asked: list[Field] = [record]
    if source.here:
        role = fields.Select(_("Role"), options=source.field.roles.options)  # type: ignore[attr-defined]
        role.key = "role"
        asked.append(role)
    return asked


def _ask(
    request: Request, held: Shown, source: Source, asked: list[Field], typed: Typed | None
) -> HttpResponse:
    values = resolved(request.actor, asked, typed.values if typed else {})
    preset = "" if source.here else f"?{source.field.key}={held.declaration.key}:{held.id}"
    may_create = source.target.quick and request.actor.may(source.target, Verb.CREATE)
    context = {
        "heading": _("Link to %(panel)s") % {"panel": source.title},
        "form_url": f"{held.url}/related/{source.number}/link",
        "dialog_id": "dialog-link",
        "controls": controls(asked, values, request.actor, typed, autofocus=True),
        "general": [],
        "save_label": _("Link"),
        "back": held.url,
        "other_url": f"/{source.target.key}/new{preset}" if may_create and not source.here else "",
        "other_label": _("New %(object)s") % {"object": text_of(source.target.label).lower()},
    }
    return form_answer(request, context, status=422 if typed else 200)


def _link(held: Shown, source: Source, other: Ref, role: str) -> Outcome:
    if source.here:
        kept = [each for each in links(held, source) if each.id != other.id]
        value: Any = [*kept, Ref(other.object, other.id, role=role)]
        return changes.save(held.actor, held.handle(), {source.field.key: value}, via=VIA)
    target = shown(held.actor, source.target, other.id, (source.field.key,))
    return changes.save(
        held.actor, target.handle(), {source.field.key: _pointed(held, source, target)}, via=VIA
    )


def _pointed(held: Shown, source: Source, target: Shown) -> Any:
    """The other side's value once it points here too."""
    mine = Ref(held.declaration.key, held.id)
    if not source.field.stored_elsewhere:
        return mine
    return [*(each for each in target.values.get(source.field.key) or () if each.id != held.id), mine]


@require_POST
@object_page
def unlink(request: Request, declaration: ObjectType, record: UUID, number: int, other: UUID) -> HttpResponse:
    held = shown(request.actor, declaration, record)
    source = source_of(held, number)
    changed = held if source.here else shown(request.actor, source.target, other, (source.field.key,))
    gone = other if source.here else held.id
    value = changed.values.get(source.field.key)
    rest = [each for each in value or () if each.id != gone] if source.field.stored_elsewhere else None
    try:
        outcome = changes.save(request.actor, changed.handle(), {source.field.key: rest}, via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    return _linked(request, held, outcome, _("%(panel)s: unlinked.") % {"panel": source.title})


def _linked(request: Request, held: Shown, outcome: Outcome, text: str) -> HttpResponse:
    undo = f"/undo/{outcome.change.id}" if outcome.change else ""
    if not is_partial(request):
        return done(request, text, undo=undo, to=held.url)
    headers = answers.events(text, LINKED, answers.CHANGED, answers.CLOSE, undo=undo)
    return HttpResponse(status=204, headers=headers)


@require_POST
@object_page
def drop(request: Request, declaration: ObjectType, record: UUID, number: int) -> HttpResponse:
    """A file becomes a record of the panel's object, linked to this one."""
    held = shown(request.actor, declaration, record)
    return dropping.answer(request, held, source_of(held, number))
