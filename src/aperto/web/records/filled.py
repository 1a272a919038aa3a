"""The mark of a value that a machine has filled in, and what a person says of it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.changes import provenance
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.filled_by import FILLED, marks
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.forms.answer import redirected
from aperto.web.records.reading import Shown
from aperto.web.request import Request
from aperto.web.templatetags.aperto_icons import drawing

VIA = "page"


def mark(record: Shown, key: str, editable: bool) -> str:
    """A button beside the label, with words and two verbs behind it; "" where a person wrote the value."""
    held = marks(record.values.get(FILLED)).get(key)
    if held is None:
        return ""
    said, name, field = held.said(record.actor.viewer), escape(key), record.fields.get(key)
    words = _("%(field)s was filled in by a machine") % {"field": text_of(field.label) if field else key}
    verbs = _verbs(f"{escape(record.url)}/field/{name}") if editable else ""
    return (
        f' <button type="button" class="filled-mark" popovertarget="filled-{name}" title="{escape(said)}"'
        f' aria-label="{escape(words)}">{drawing("sparkles", "xs")}</button>'
        f'<span class="menu filled-words" id="filled-{name}" popover>'
        f"<span>{escape(said)}</span>{verbs}</span>"
    )


def _verbs(address: str) -> str:
    keep, refuse = escape(_("Keep")), escape(_("Refuse"))
    return (
        f'<span class="filled-verbs"><button type="button" class="btn sm" hx-post="{address}/keep"'
        f' hx-swap="none">{keep}</button>'
        f'<button type="button" class="btn sm" hx-post="{address}/refuse" hx-swap="none">'
        f"{refuse}</button></span>"
    )


@require_POST
@object_page
def keep(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """The value is the person's own from now on."""
    provenance.keep(request.actor, declaration, record, key)
    return redirected(request, _("The value is kept."), to=f"/{declaration.key}/{record}")


@require_POST
@object_page
def refuse(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """What stood there before comes back, with a way to undo it."""
    try:
        outcome = provenance.refuse(request.actor, declaration, record, key, via=VIA)
    except Invalid as invalid:
        said = " ".join(str(each) for found in invalid.errors.values() for each in found)
        return done(request, said, tone="bad", to=f"/{declaration.key}/{record}")
    undo = f"/undo/{outcome.change.pk}" if outcome.change else ""
    text = _("The value is refused, and will not come from there again.")
    return redirected(request, text, undo=undo, to=f"/{declaration.key}/{record}")
