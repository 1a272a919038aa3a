"""Somebody else wrote first: both versions side by side, one choice for each field, nothing lost.

What was typed travels in the page as JSON, field by field; the choice is saved like any other write, so
that a third person who was faster still leads to another choice instead of an overwritten value.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.errors import Conflict, Invalid
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.forms.answer import form_answer, redirected
from aperto.web.records.diffs import value_of
from aperto.web.records.reading import Shown, resolve, shown
from aperto.web.request import Request

VIA = "page"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Choice:
    """One field that both changed."""

    key: str
    label: str
    mine: str
    theirs: str


def conflict_answer(
    request: Request, held: Shown, conflict: Conflict, typed: Mapping[str, Any]
) -> HttpResponse:
    """The screen with both versions; `typed` are all values that the person wanted to save."""
    fields = held.declaration.fields
    wanted = {key: fields[key].to_json(value) if value is not None else None for key, value in typed.items()}
    context = {
        "record": held,
        "heading": _("Somebody else changed this record"),
        "form_url": f"{held.url}/resolve",
        "dialog_id": "dialog-conflict",
        "size": "wide",
        "choices": list(_choices(held, conflict)),
        "kept": [(f"value.{key}", json.dumps(value)) for key, value in wanted.items()],
        "version": conflict.version,
        "writer": _writer(held),
        "save_label": _("Save my choice"),
        "back": held.url,
    }
    return form_answer(request, context, status=409, name="forms/conflict")


def _writer(held: Shown) -> list[str]:
    """Who was faster, and when, as far as the reader may see it."""
    stamps = ("updated_by", "updated_at")
    fresh = shown(held.actor, held.declaration, held.id, stamps)
    told = [(fresh.fields[key], fresh.values[key]) for key in stamps if fresh.values.get(key) is not None]
    found = resolve(held.actor, told)
    return [_html(held, each, each.resolve(value, found)) for each, value in told]


def _choices(held: Shown, conflict: Conflict) -> Iterable[Choice]:
    fields = [held.declaration.fields[key] for key in conflict.theirs if key in held.declaration.fields]
    mine = {each.key: value_of(each, conflict.mine.get(each.key)) for each in fields}
    theirs = {each.key: value_of(each, conflict.theirs[each.key]) for each in fields}
    pairs = [(each, value) for each in fields for value in (mine[each.key], theirs[each.key])]
    found = resolve(held.actor, pairs)
    for each in fields:
        shown_ = [_html(held, each, each.resolve(side[each.key], found)) for side in (mine, theirs)]
        yield Choice(each.key, text_of(each.label), *shown_)


def _html(held: Shown, each: Field, value: Any) -> str:
    return SafeString("" if value is None else each.display(value, held.actor.viewer))


@require_POST
@object_page
def resolve_conflict(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """Saves one's own version of the fields where it was chosen, and everything that did not clash."""
    held = shown(request.actor, declaration, record)
    values = dict(_chosen(request, declaration))
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else None
    try:
        outcome = changes.save(request.actor, held.handle(), values, via=VIA, if_version=seen)
    except Conflict as conflict:
        cleaned = {key: value_of(declaration.fields[key], raw) for key, raw in values.items()}
        return conflict_answer(request, held, conflict, cleaned)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    undo = f"/undo/{outcome.change.id}" if outcome.change else ""
    return redirected(request, _("Your choice was saved."), undo=undo, to=held.url)


def _chosen(request: Request, declaration: ObjectType) -> Iterable[tuple[str, Any]]:
    for name in request.POST:
        prefix, _dot, key = name.partition(".")
        if prefix != "value" or key not in declaration.writable:
            continue
        if request.POST.get(f"choice.{key}", MINE) == MINE:
            try:
                yield key, json.loads(request.POST[name])
            except ValueError:
                continue
