"""Who else has a record open, in words and faces. The stream tells keys alone; names are read here, for
whoever sees the record, and of a field only when they may read it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access import organisation, people
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.people import looks
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render

MOST = 12


@dataclass(frozen=True)
class Person:
    name: str
    initials: str
    hue: str
    words: str
    field: str = ""


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held = shown(request.actor, declaration, record, ())
    told = dict(_told(part) for part in request.GET.get("who", "").split(",")[:MOST] if part)
    found = people.active(told) if organisation.current().presence else {}
    there = [_person(held, who, user.name or user.email, told[who]) for who, user in found.items()]
    return render(request, "live/here.html", {"people": sorted(there, key=lambda each: each.name)})


def _told(part: str) -> tuple[UUID, str]:
    who, _, field = part.partition(".")
    try:
        return UUID(who), field
    except ValueError:
        raise Missing(who) from None


def _person(held: Shown, who: UUID, name: str, key: str) -> Person:
    field: Field | None = held.fields.get(key)
    face = name, looks.initials(name), looks.hue(who)
    if field is None:
        return Person(*face, _("%(name)s has this open") % {"name": name})
    told = {"name": name, "field": text_of(field.label)}
    return Person(*face, _("%(name)s is editing “%(field)s”") % told, field.key)
