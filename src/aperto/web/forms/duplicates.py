"""While somebody types: records that may be the same. A warning with links, never a barrier."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from aperto.kernel import duplicates
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.forms.controls import read, sent
from aperto.web.people import looks
from aperto.web.request import Request
from aperto.web.shell import render

MOST = 5


@require_POST
@object_page
def warn(request: Request, declaration: ObjectType, record: UUID | None = None) -> HttpResponse:
    """The fragment that a form shows among its fields; empty when nothing is alike."""
    if not (request.actor.may(declaration, Verb.CREATE) or request.actor.may(declaration, Verb.EDIT)):
        raise Refused(Verb.CREATE)
    typed = read(sent(declaration.writable.values(), request.POST), request.POST, request.actor.viewer)
    values = {key: value for key, value in typed.values.items() if value not in (None, [], "")}
    found = duplicates.find(request.actor, declaration, values, exclude=record, limit=MOST)
    if not found:
        return HttpResponse()
    likely = [
        {
            "title": each.ref.title,
            "url": f"/{each.ref.object}/{each.ref.id}",
            "initials": looks.initials(each.ref.title),
            "hue": looks.hue(each.ref.id),
            "reasons": ", ".join(dict.fromkeys(each.reasons)),
        }
        for each in found
    ]
    return render(request, "forms/duplicates.html", {"likely": likely})
