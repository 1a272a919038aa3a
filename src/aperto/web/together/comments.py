"""Comments on a record's page: read on, write, answer, and the names that @ offers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from aperto.kernel import changes, records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.comments import mentions, threads
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import key_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.forms.answer import IN_DIALOG, form_answer
from aperto.web.people import looks
from aperto.web.records import answers
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial, render
from aperto.web.together import threads as drawing

MORE = 20
OFFERED = 8
SURE = "sure"  # the names of those who cannot see the record, when the writer was told of them


def comments_context(held: Shown) -> dict[str, Any]:
    """What the record's page shows of its comments: nothing for configuration, and for who may read none."""
    if held.declaration.administered or held.declaration.subject:
        return {}
    if not held.actor.may(threads.declaration(), Verb.READ):
        return {}
    page = threads.threads(held.actor, held.id, limit=drawing.SHOWN)
    return {
        "comments": drawing.drawn(held, page),
        "with_comments": True,
        "comment_url": f"{held.url}/comments" if threads.may_write(held.actor) else "",
    }


@require_http_methods(["GET", "POST"])
@object_page
def comments(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET: the region of the page, with `before` what is older; POST: a new comment."""
    held = _opened(request, declaration, record)
    if request.method == "POST":
        return _write(request, held, None)
    before = key_of(request.GET.get("before", ""))
    page = threads.threads(request.actor, record, before, MORE if before else drawing.SHOWN)
    context = {"record": held, "comments": drawing.drawn(held, page), "older": bool(before)}
    if not is_partial(request):
        return render(request, "together/comments.html", {**context, **_form(held)})
    if before:
        return HttpResponse(context["comments"])
    return HttpResponse(render_to_string("together/parts/threads.html", context, request))


@require_http_methods(["GET", "POST"])
@object_page
def answer(request: Request, declaration: ObjectType, record: UUID, comment: UUID) -> HttpResponse:
    """A form for an answer to this comment."""
    held = _opened(request, declaration, record)
    _said(request, record, comment)
    if not threads.may_write(request.actor):
        raise Refused(Verb.CREATE)
    if request.method == "POST":
        return _write(request, held, comment)
    return _answer_form(request, held, comment)


@require_http_methods(["GET", "POST"])
@object_page
def edit(request: Request, declaration: ObjectType, record: UUID, comment: UUID) -> HttpResponse:
    """Other words for a comment of one's own."""
    held = _opened(request, declaration, record)
    said = _said(request, record, comment)
    if said.owner != request.actor.user_id or not request.actor.may(threads.declaration(), Verb.EDIT):
        raise Refused(Verb.EDIT)
    form: dict[str, Any] = {"heading": _("Edit"), "save_label": _("Save"), "typed": said.body}
    form["form_url"] = f"{held.url}/comments/{comment}/edit"
    if request.method == "GET":
        return _dialog(request, held, form)
    try:
        outcome = changes.save(request.actor, said, {"body": request.POST.get("body", "")}, via="page")
    except Invalid as invalid:
        typed = request.POST.get("body", "").replace("\0", "")
        return _dialog(request, held, {**form, "typed": typed, "wrong": invalid.messages}, status=422)
    return _written(request, held, f"/undo/{outcome.change.id}" if outcome.change else "")


@require_GET
@object_page
def earlier(request: Request, declaration: ObjectType, record: UUID, comment: UUID) -> HttpResponse:
    held = _opened(request, declaration, record)
    _said(request, record, comment)
    page = threads.answers(request.actor, comment, key_of(request.GET.get("before", "")))
    listed = drawing.answers(held, page, f"{held.url}/comments/{comment}/answers")
    if is_partial(request):
        return HttpResponse(listed)
    return render(request, "together/comments.html", {"record": held, "comments": listed, **_form(held)})


@require_GET
@object_page
def people(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """Those who can see the record, as one types behind an @."""
    held = _opened(request, declaration, record)
    found = mentions.offered(held.ref, request.GET.get("q", "")[:80], OFFERED)
    return HttpResponse("".join(_option(name, written) for name, written in found))


def _option(name: str, written: str) -> str:
    face = (
        f'<span class="avatar" data-hue="{looks.hue(name)}" aria-hidden="true">{looks.initials(name)}</span>'
    )
    aside = f"<small>{escape(written)}</small>" if written != name else ""
    return f'<li role="option" data-insert="{escape(written)}">{face}<span>{escape(name)}</span>{aside}</li>'


def _opened(request: Request, declaration: ObjectType, record: UUID) -> Shown:
    """The record, where it can be commented on and the comments may be read."""
    readable = request.actor.may(threads.declaration(), Verb.READ)
    if declaration.administered or declaration.subject or not readable:
        raise Missing(record)
    return shown(request.actor, declaration, record, ())


def _said(request: Request, record: UUID, comment: UUID) -> Any:
    """The comment, which must be one of this record's."""
    said: Any = records.visible(request.actor, "comment").get(comment)
    if said.about != record:
        raise Missing(comment)
    return said


def _form(held: Shown) -> dict[str, Any]:
    return {"comment_url": f"{held.url}/comments" if threads.may_write(held.actor) else ""}


# -- writing -----------------------------------------------------------------------------------------


def _write(request: Request, held: Shown, answered: UUID | None) -> HttpResponse:
    if not threads.may_write(request.actor):
        raise Refused(Verb.CREATE)
    body = request.POST.get("body", "")
    unseeing = mentions.unseeing(held.ref, body[:20_000])
    if unseeing and request.POST.get(SURE) != "; ".join(unseeing):
        return _again(request, held, answered, warned=unseeing)
    batch = changes.new_batch()
    values: dict[str, Any] = {"body": body, "about": Ref(held.declaration.key, held.id)}
    if answered is not None:
        values["answers"] = Ref("comment", answered)
    try:
        changes.create(request.actor, "comment", values, via="page", batch=batch)
    except Invalid as invalid:
        return _again(request, held, answered, wrong=invalid.messages)
    return _written(request, held, f"/undo/batch/{batch}")


def _written(request: Request, held: Shown, undo: str) -> HttpResponse:
    text = _("Comment saved.")
    if not is_partial(request):
        say(request, text, undo)
        return HttpResponseRedirect(held.url)
    close = [answers.CLOSE] if IN_DIALOG in request.POST else []
    headers = answers.events(text, answers.CHANGED, *close, undo=undo)
    if close:
        return HttpResponse(status=204, headers=headers)
    body = render_to_string("together/parts/write.html", {"record": held, **_form(held)}, request)
    return HttpResponse(body, headers=headers)


def _again(
    request: Request,
    held: Shown,
    answered: UUID | None,
    *,
    warned: list[str] | None = None,
    wrong: list[str] | None = None,
) -> HttpResponse:
    """The form with what was typed, and why it was not sent yet."""
    said = ""
    if warned:
        text = ngettext(
            "%(names)s cannot see this record and will not be told.",
            "%(names)s cannot see this record and will not be told.",
            len(warned),
        )
        said = text % {"names": ", ".join(warned)}
    context = {
        "record": held,
        "typed": request.POST.get("body", "").replace("\0", ""),
        "wrong": wrong or [],
        "warned": said,
        "sure": "; ".join(warned or []),
        **_form(held),
    }
    if answered is not None:
        return _answer_form(request, held, answered, context)
    if is_partial(request):
        return HttpResponse(render_to_string("together/parts/write.html", context, request), status=422)
    return render(request, "together/comments.html", context, status=422)


def _answer_form(
    request: Request, held: Shown, comment: UUID, more: dict[str, Any] | None = None
) -> HttpResponse:
    sure = (more or {}).get("sure")
    form = {
        "heading": _("Answer"),
        "form_url": f"{held.url}/comments/{comment}/answer",
        "save_label": _("Send anyway") if sure else _("Answer"),
    }
    return _dialog(request, held, {**form, **(more or {})}, status=422 if more else 200)


def _dialog(request: Request, held: Shown, form: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        "record": held,
        "dialog_id": "dialog-comment",
        "people_url": f"{held.url}/comments/people",
        "back": held.url,
        **form,
    }
    return form_answer(request, context, status=status, name="together/answer")
