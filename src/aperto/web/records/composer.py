"""The composer: a note, a call, a meeting, a task, written where the record is read, with its next step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.http.request import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.errors import FieldError, Invalid, Message, Missing
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.forms.answer import IN_DIALOG, form_answer
from aperto.web.forms.controls import Control, Typed, control, controls, read
from aperto.web.records import answers, when
from aperto.web.records.about import bound, follow_up, writable
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"
FOLLOW = "follow"
NEEDED = ("owner", "team")


@dataclass(frozen=True)
class FollowUp:
    """The line that makes a next step: what, and when in one's own words."""

    label: str
    icon: str
    what: str = ""
    due: str = ""
    errors: list[Message] = field(default_factory=list)
    shortcuts: list[when.Shortcut] = field(default_factory=list)


@dataclass(frozen=True)
class Tab:
    """One activity of the composer. `big` is the box that one writes in."""

    key: str
    label: str
    icon: str
    url: str
    save_label: str
    big: Control
    rest: list[Control]
    general: list[Message]
    selected: bool = False
    follow: FollowUp | None = None


def composer_context(
    record: Shown, chosen: str = "", typed: Typed | None = None, focus: bool = False
) -> dict[str, Any]:
    """`chosen` is the open tab; `typed` is what was refused in it; `focus` puts the cursor there."""
    offered = list(writable(record.actor, record.declaration.key))
    keys = [each.key for each in offered]
    selected = chosen if chosen in keys else (keys[0] if keys else "")
    tabs = [
        _tab(
            record,
            each,
            each.key == selected,
            typed if each.key == selected else None,
            focus and each.key == selected,
        )
        for each in offered
    ]
    return {"record": record, "tabs": tabs}


def _tab(record: Shown, declaration: ObjectType, selected: bool, typed: Typed | None, focus: bool) -> Tab:
    activity, prefix = declaration.activity, f"{declaration.key}."
    assert activity is not None
    fields = fields_of(declaration)
    values = {**defaults_of(fields), **(typed.values if typed else {})}
    big, *rest = fields
    return Tab(
        key=declaration.key,
        label=text_of(declaration.label),
        icon=declaration.icon,
        url=f"{record.url}/compose/{declaration.key}",
        save_label=_("Save %(activity)s") % {"activity": text_of(declaration.label).lower()},
        big=control(big, values.get(big.key), record.actor, typed, prefix, autofocus=focus),
        rest=controls(rest, values, record.actor, typed, prefix),
        general=_elsewhere(fields, typed),
        selected=selected,
        follow=_follow(record, declaration, typed),
    )


def fields_of(declaration: ObjectType) -> list[Field]:
    assert declaration.activity is not None
    known = declaration.writable
    return [known[key] for key in declaration.activity.composer if key in known]


def defaults_of(fields: Iterable[Field]) -> dict[str, Any]:
    given = {each.key: each.default() if callable(each.default) else each.default for each in fields}
    return {key: value for key, value in given.items() if value is not None}


def _elsewhere(fields: Iterable[Field], typed: Typed | None) -> list[Message]:
    """Messages about what the composer does not show."""
    shown_keys = {each.key for each in fields} | {FOLLOW}
    return [m for key, each in (typed.errors if typed else {}).items() if key not in shown_keys for m in each]


def _follow(record: Shown, declaration: ObjectType, typed: Typed | None) -> FollowUp | None:
    """Offered beside what happened, not beside what is itself still to be done."""
    following = follow_up(record.actor, record.declaration.key)
    assert declaration.activity is not None
    if following is None or following.key == declaration.key or not declaration.activity.done:
        return None
    post = typed.post if typed else QueryDict()
    return FollowUp(
        label=text_of(following.label),
        icon=following.icon,
        what=post.get("follow.what", ""),
        due=post.get("follow.when", ""),
        errors=typed.errors.get(FOLLOW, []) if typed else [],
        shortcuts=list(when.shortcuts(record.actor.viewer)),
    )


@require_http_methods(["GET", "POST"])
@object_page
def compose(request: Request, declaration: ObjectType, record: UUID, activity: str) -> HttpResponse:
    """GET: the form of one activity as a dialog or a page; POST: the activity, tied to the record."""
    held = shown(request.actor, declaration, record, (*NEEDED, *declaration.subtitle))
    chosen = next((each for each in writable(request.actor, declaration.key) if each.key == activity), None)
    if chosen is None:
        raise Missing(activity)
    if request.method == "GET":
        return _form(request, held, chosen, None)
    typed = read(fields_of(chosen), request.POST, request.actor.viewer, f"{chosen.key}.")
    following = _read_follow(request, held, typed)
    if not typed.errors:
        batch = changes.new_batch()
        try:
            _write(held, chosen, typed.values, following, batch)
        except Invalid as invalid:
            typed.add(invalid.errors)
        else:
            return _saved(request, held, chosen, following, batch)
    return _form(request, held, chosen, typed)


def _read_follow(request: Request, held: Shown, typed: Typed) -> tuple[ObjectType, dict[str, Any]] | None:
    """The next step that was typed; its messages go to `typed`."""
    what = request.POST.get("follow.what", "").strip()
    said = request.POST.get("follow.when", "")
    following = follow_up(held.actor, held.declaration.key)
    if following is None or following.activity is None or not (what or said.strip()):
        return None
    first = following.activity.composer[0]
    try:
        values = {
            first: following.fields[first].parse(what, held.actor.viewer),
            following.activity.moment: when.read(said, held.actor.viewer),
        }
    except FieldError as error:
        typed.errors[FOLLOW] = [error.message]
        return None
    if values[first] is None:
        typed.errors[FOLLOW] = [_("Say what the next step is.")]
    return following, values


def _write(
    held: Shown,
    chosen: ObjectType,
    values: Mapping[str, Any],
    following: tuple[ObjectType, dict[str, Any]] | None,
    batch: UUID,
) -> None:
    """Both or neither."""
    with transaction.atomic():
        changes.create(held.actor, chosen.key, {**values, **bound(chosen, held)}, via=VIA, batch=batch)
        if following is not None:
            step, given = following
            try:
                changes.create(held.actor, step.key, {**given, **bound(step, held)}, via=VIA, batch=batch)
            except Invalid as invalid:
                raise Invalid({FOLLOW: list(invalid.messages)}) from None


def _saved(
    request: Request,
    held: Shown,
    chosen: ObjectType,
    following: tuple[ObjectType, dict[str, Any]] | None,
    batch: UUID,
) -> HttpResponse:
    text = _("%(activity)s saved.") % {"activity": text_of(chosen.label)}
    if following is not None:
        words = {"activity": text_of(chosen.label), "next": text_of(following[0].label).lower()}
        text = _("%(activity)s and next %(next)s saved.") % words
    undo = f"/undo/batch/{batch}"
    if not is_partial(request):
        return done(request, text, undo=undo, to=held.url)
    if IN_DIALOG in request.POST:
        headers = answers.events(text, answers.CHANGED, answers.ROWS, answers.CLOSE, undo=undo)
        return HttpResponse(status=204, headers=headers)
    body = render_to_string("records/parts/composer.html", composer_context(held, chosen.key), request)
    return HttpResponse(body, headers=answers.events(text, answers.CHANGED, undo=undo))


def _form(request: Request, held: Shown, chosen: ObjectType, typed: Typed | None) -> HttpResponse:
    status = 422 if typed else 200
    if is_partial(request) and request.method == "POST" and IN_DIALOG not in request.POST:
        context = composer_context(held, chosen.key, typed)
        body = render_to_string("records/parts/composer.html", context, request)
        return HttpResponse(body, status=status)
    tab = _tab(held, chosen, True, typed, focus=True)
    context = {
        "record": held,
        "tab": tab,
        "heading": _("%(activity)s: %(title)s") % {"activity": tab.label, "title": held.title},
        "form_url": tab.url,
        "dialog_id": "dialog-compose",
        "save_label": tab.save_label,
        "back": held.url,
    }
    return form_answer(request, context, status=status, name="records/compose")
