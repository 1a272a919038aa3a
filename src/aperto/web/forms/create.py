"""A new record: a short dialog from anywhere, or the full form as a page."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Refused
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.web.door import object_page
from aperto.web.forms import states
from aperto.web.forms.answer import IN_DIALOG, form_answer, redirected
from aperto.web.forms.controls import Control, Typed, controls, read, sent
from aperto.web.forms.layout import full, quick, sections
from aperto.web.forms.uploads import posted
from aperto.web.records import answers
from aperto.web.records.reading import resolved
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"
NAME = "name"  # what a picker calls the text for which it found nothing


@require_http_methods(["GET", "POST"])
@object_page
def new(request: Request, declaration: ObjectType) -> HttpResponse:
    """Dialog or page; values of the query string are filled in, and kept where the form has no control."""
    if not request.actor.may(declaration, Verb.CREATE):
        raise Refused(Verb.CREATE)
    dialog = is_partial(request)
    fields = quick(request.actor, declaration) if dialog else full(request.actor, declaration)
    preset = _preset(request, declaration)
    if request.method == "GET":
        return _form(request, declaration, fields, preset, None)
    post, refused = posted(request, fields)
    typed = read(sent(fields, post), post, request.actor.viewer)
    typed.values = {**preset, **typed.values}
    typed.add(refused)
    if typed.errors:
        return _form(request, declaration, fields, preset, typed)
    try:
        record = changes.create(request.actor, declaration.key, typed.values, via=VIA)
    except Invalid as invalid:
        typed.add(invalid.errors)
        return _form(request, declaration, fields, preset, typed)
    return _created(request, declaration, record)


def _preset(request: Request, declaration: ObjectType) -> dict[str, Any]:
    """Values of the query string that their fields take; a picker's `name` goes into the title's fields."""
    given = request.GET.copy()
    if NAME in given and NAME not in declaration.writable:
        _spread(given, declaration)
    values: dict[str, Any] = {}
    for each in sent(declaration.writable.values(), given):
        try:
            values[each.key] = each.parse(each.read_form(given, each.key), request.actor.viewer)
        except FieldError:
            continue
    return resolved(request.actor, [declaration.fields[key] for key in values], values)


def _spread(given: QueryDict, declaration: ObjectType) -> None:
    """A name over the fields that the title is made of: "Marieke van Dijk" is a first and a last name."""
    keys = [key for key in declaration.writable if f"{{{key}}}" in declaration.title.split("|")[0]]
    words = (given.get(NAME) or "").split()
    if len(keys) > 1 and len(words) > 1:
        given[keys[0]], given[keys[1]] = words[0], " ".join(words[1:])
    elif keys:
        given[keys[-1]] = " ".join(words)


def _form(
    request: Request,
    declaration: ObjectType,
    fields: list[Field],
    preset: dict[str, Any],
    typed: Typed | None,
) -> HttpResponse:
    given = {each.key: each.default() if callable(each.default) else each.default for each in fields}
    given |= _mine(request)
    values = resolved(request.actor, fields, {**given, **preset, **(typed.values if typed else {})})
    shown = controls(fields, values, request.actor, typed, autofocus=True)
    shown = states.dressed(request.actor, declaration, shown, values, None)
    label = text_of(declaration.label)
    url = f"/{declaration.key}/new"
    query = request.GET.urlencode()
    context = {
        "declaration": declaration,
        "heading": _("New %(object)s") % {"object": label.lower()},
        "form_url": f"{url}?{query}" if query else url,
        "dialog_id": "dialog-new",
        "controls": shown,
        "sections": sections(declaration, shown),
        "general": _general(typed, shown),
        "duplicates_url": f"/{declaration.key}/duplicates" if declaration.duplicates else "",
        "states_url": states.address(declaration),
        "save_label": _("Save %(object)s") % {"object": label.lower()},
        "save_and_new": True,
        "full_url": f"{url}?{query}" if query else url,
        "back": f"/{declaration.key}",
    }
    return form_answer(request, context, status=422 if typed else 200, name="forms/record")


def _mine(request: Request) -> dict[str, Any]:
    """A new record is one's own unless somebody chooses otherwise."""
    actor = request.actor
    owner = Ref("user", actor.user_id) if actor.user_id else None
    return {"owner": owner, "team": Ref("team", actor.team_id) if actor.team_id else None}


def _general(typed: Typed | None, shown: list[Control]) -> list[Any]:
    """Messages about the record as a whole, and about fields that the form does not show."""
    keys = {each.key for each in shown}
    return [m for key, each in (typed.errors if typed else {}).items() if key not in keys for m in each]


def _created(request: Request, declaration: ObjectType, record: Record) -> HttpResponse:
    """Save and new opens the form again; a picker gets the record; otherwise the record opens."""
    url = f"/{declaration.key}/{record.pk}"
    text = _("%(object)s saved.") % {"object": text_of(declaration.label)}
    if request.POST.get("then") == "new":
        query = urlencode([(k, v) for k in request.GET for v in request.GET.getlist(k) if k != NAME])
        again = f"/{declaration.key}/new" + (f"?{query}" if query else "")
        if not is_partial(request):
            return redirected(request, text, to=again)
        return _again(request, declaration, text, url)
    if is_partial(request) and IN_DIALOG in request.POST:
        picked = {"picked": {"value": str(record.pk), "label": str(record.title)}}
        opened = {"toast": {"text": text, "tone": "good", "href": url, "label": _("Show")}}
        changed = {**answers.CHANGED, "related-changed": True, "rows-changed": True}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({**changed, **opened, **picked})})
    return HttpResponseRedirect(url)


def _again(request: Request, declaration: ObjectType, text: str, url: str) -> HttpResponse:
    """An empty form in place of the dialog that was saved."""
    preset = _preset(request, declaration)
    answer = _form(request, declaration, quick(request.actor, declaration), preset, None)
    toast = {"text": text, "tone": "good", "href": url, "label": _("Show")}
    answer.headers["HX-Trigger"] = json.dumps({"toast": toast, "rows-changed": True, **answers.CHANGED})
    return answer
