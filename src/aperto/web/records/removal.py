"""Deleting, the recycle bin, and bringing back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import changes, records
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.door import done, object_page
from aperto.web.forms.answer import redirected
from aperto.web.records import answers
from aperto.web.records.nearby import near_moment
from aperto.web.records.reading import shown
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

VIA = "page"
SHOWN = 50
HERE = "here"  # the record is only a line of the page that asked; the page stays


@require_POST
@object_page
def delete(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held = shown(request.actor, declaration, record, ())
    try:
        change = changes.delete(request.actor, held.handle(), via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    text = _("“%(title)s” was deleted.") % {"title": held.title}
    undo = f"/undo/{change.id}"
    if request.GET.get("stay") == HERE and is_partial(request):
        events = answers.events(text, answers.CHANGED, {"related-changed": True}, undo=undo)
        return HttpResponse(status=204, headers=events)
    return redirected(request, text, undo=undo, to=f"/{declaration.key}")


@require_POST
@object_page
def restore(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    try:
        change = changes.restore(request.actor, declaration.key, record, via=VIA)
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to="/bin")
    to = f"/{declaration.key}/{record}"
    return redirected(request, _("The record is back."), undo=f"/undo/{change.id}", to=to)


@dataclass(frozen=True)
class Deleted:
    """One line of the recycle bin."""

    title: str
    label: str
    icon: str
    hue: str
    url: str
    at: str
    by: str
    restore_url: str


@require_GET
def bin_(request: HttpRequest) -> HttpResponse:
    """What was deleted last, of all objects or of one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware put it there
    known = [each for each in registry if actor.may(each, Verb.READ) and not each.administered]
    chosen = request.GET.get("object", "")
    asked = [each for each in known if each.key == chosen] or known
    found = sorted(
        (line for each in asked for line in _lines(actor, each)), key=lambda line: line[0], reverse=True
    )
    context = {
        "lines": [line for _moment, line in found[:SHOWN]],
        "objects": [(each.key, text_of(each.plural)) for each in known],
        "chosen": chosen,
    }
    return render(request, "records/bin.html", context)


def _lines(actor: Actor, declaration: ObjectType) -> Iterable[tuple[datetime, Deleted]]:
    columns = ("deleted_at", "updated_by", "owner", "team")
    page = records.deleted(actor, declaration.key).page(columns=columns, sort="-deleted_at", limit=SHOWN)
    for row in page.rows:
        owner, team, by = (row.values[key] for key in ("owner", "team", "updated_by"))
        may = rules.allows(actor, declaration, Verb.DELETE, owner and owner.id, team and team.id, row.id)
        url = f"/{declaration.key}/{row.id}"
        yield (
            row.values["deleted_at"],
            Deleted(
                title=row.title,
                label=text_of(declaration.label),
                icon=declaration.icon,
                hue=declaration.hue,
                url=url,
                at=near_moment(row.values["deleted_at"], actor.viewer),
                by=by.title if by else "",
                restore_url=f"{url}/restore" if may else "",
            ),
        )
