"""A record's share dialog: with whom it is shared, until when, whether it is private; and who sees it why."""

from collections.abc import Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aperto.kernel.access import explain, sharing
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Message, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.web.door import object_page
from aperto.web.forms.answer import form_answer
from aperto.web.records import answers, picks, sharing_form
from aperto.web.records.access_words import told
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import is_partial

WITHOUT_SCRIPTS = 50  # whom the plain list offers; with scripts everybody is found
MOST = 200  # people of whom is told why they see a record


@require_http_methods(["GET", "POST"])
@object_page
def share(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET shows with whom the record is shared; POST shares it."""
    held, row = _opened(request.actor, declaration, record)
    if request.method == "GET":
        return _dialog(request, held, row)
    try:
        sharing.share(
            request.actor,
            row,
            sharing_form.grantee(request.POST.get("with", "")),
            edit=request.POST.get("reach") == sharing_form.EDIT,
            expires_at=sharing_form.until(request.actor, request.POST),
        )
    except Invalid as invalid:
        return _dialog(request, held, row, invalid.errors)
    return _done(request, held, row, _("The record is shared."))


@require_GET
@object_page
def grantees(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """People, teams and roles as one types."""
    _opened(request.actor, declaration, record)
    text = request.GET.get("q", "")[:200]
    return picks.answer(sharing_form.offered(request.actor, text, picks.MOST))


@require_POST
@object_page
def end(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held, row = _opened(request.actor, declaration, record)
    try:
        sharing.unshare(request.actor, row, sharing_form.grantee(request.POST.get("with", "")))
    except Invalid as invalid:
        return _dialog(request, held, row, invalid.errors)
    return _done(request, held, row, _("The record is not shared with them any more."))


@require_POST
@object_page
def private(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held, row = _opened(request.actor, declaration, record)
    wanted = request.POST.get("private") == "1"
    try:
        sharing.set_private(request.actor, row, wanted)
    except Invalid as invalid:
        return _dialog(request, held, row, invalid.errors)
    return _done(
        request, held, row, _("The record is private.") if wanted else _("The record is private no more.")
    )


@require_GET
@object_page
def access(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """Why the reader sees the record; for whoever may share it, also who else does."""
    held = shown(request.actor, declaration, record)
    row = held.record()
    context: dict[str, Any] = {
        "record": held,
        "heading": _("Who sees “%(title)s”") % {"title": held.title},
        "dialog_id": "dialog-access",
        "mine": told(request.actor, explain.why(request.actor, row)),
        "declaration": declaration,
    }
    if sharing.may_share(request.actor, row):
        found = list(islice(explain.who(row), MOST + 1))
        context["more"] = len(found) > MOST
        context["people"] = [
            (each.user, bool(each.edit), told(request.actor, each.read)) for each in found[:MOST]
        ]
    return form_answer(request, context, name="records/access")


def _opened(actor: Actor, declaration: ObjectType, record: UUID) -> tuple[Shown, Record]:
    """The record, for whoever may share it; what is set up belongs to nobody and is not shared."""
    if declaration.administered:
        raise Missing(record)
    held = shown(actor, declaration, record)
    row = held.record()
    if not sharing.may_share(actor, row):
        raise Refused(Verb.SHARE)
    return held, row


def _dialog(
    request: Request, held: Shown, row: Record, errors: Mapping[str, list[Message]] | None = None
) -> HttpResponse:
    wrong = errors or {}
    context = {
        "record": held,
        "declaration": held.declaration,
        "heading": _("Share “%(title)s”") % {"title": held.title},
        "dialog_id": "dialog-share",
        "offered": sharing_form.offered(request.actor, "", WITHOUT_SCRIPTS),
        "chosen": sharing_form.chosen(request.POST.get("with", "")) if wrong else None,
        "shares": sharing_form.held(request.actor, sharing.shares_of(request.actor, row)),
        "may_edit": held.editable,
        "is_private": sharing.is_private(row),
        "may_seclude": sharing.may_seclude(request.actor, row),
        "typed": request.POST if wrong else {},
        "errors": wrong,
        "general": [
            message for key, found in wrong.items() if key not in ("with", "expires_at") for message in found
        ],
    }
    return form_answer(request, context, status=422 if wrong else 200, name="records/share")


def _done(request: Request, held: Shown, row: Record, text: str) -> HttpResponse:
    """The dialog as it is now; without scripts, its page. Whoever shut themselves out goes to the list."""
    if not is_partial(request):
        messages.success(request, text)
        return HttpResponseRedirect(f"{held.url}/share")
    answer = _dialog(request, held, row)
    for name, value in answers.events(text, answers.CHANGED).items():
        answer.headers[name] = value
    return answer
