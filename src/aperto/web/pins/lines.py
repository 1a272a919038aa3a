"""The pinned views as lines of the navigation. A count is bounded, and remembered for a moment with the
actor, who is made anew when rights change."""

import time
from dataclasses import dataclass
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.json import from_json
from aperto.kernel.query.pins import pinned
from aperto.kernel.query.views import SavedView
from aperto.web.lists import layouts

COUNTED = 100
REMEMBERED = 30.0  # seconds


@dataclass(frozen=True)
class Line:
    id: UUID
    url: str
    name: str
    icon: str
    count: str


def lines(actor: Actor) -> list[Line]:
    return [_line(actor, view) for view in pinned(actor)]


def _line(actor: Actor, view: SavedView) -> Line:
    declaration = registry.get(view.object)
    place = layouts.place_of(view.layout, actor, declaration)
    url = f"/{view.object}{place}?view={view.pk}"
    return Line(view.pk, url, view.name, declaration.icon, count(actor, view))


def count(actor: Actor, view: SavedView) -> str:
    """ "99+" for many; blank where the filter asks for what the actor may not see."""
    key = ("pin", view.pk, str(view.filter), registry.shape.version)
    at, found = actor.kept.get(key, (0.0, ""))
    if not at or time.monotonic() - at > REMEMBERED:
        found = _count(actor, view)
        actor.kept[key] = (time.monotonic(), found)
    return str(found)


def _count(actor: Actor, view: SavedView) -> str:
    try:
        found = records.visible(actor, view.object).matching(from_json(view.filter))
    except FieldError:
        return ""
    number = found.bounded(COUNTED)
    return f"{COUNTED - 1}+" if number >= COUNTED else str(number)
