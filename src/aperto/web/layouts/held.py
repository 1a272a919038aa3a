"""The layouts that are stored, and what one of them would begin with."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import override

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.apply import WRITTEN_IN
from aperto.kernel.layouts.arrangement import PAGE
from aperto.kernel.layouts.related import keys_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import visible
from aperto.web.layouts.audience import Audience, of_keys

VIA = "page"
COLUMNS = ("of_object", "place", "for_role", "for_team", "arrangement")
MOST = 500


@dataclass(frozen=True)
class Held:
    id: UUID
    of_object: str
    place: str
    audience: Audience
    arrangement: dict[str, Any]


def everything(actor: Actor) -> list[Held]:
    rows = visible(actor, "layout").page(columns=COLUMNS, sort="name", limit=MOST).rows
    return [
        Held(
            row.id,
            row.values["of_object"],
            row.values["place"],
            of_keys(row.values["for_role"], row.values["for_team"] and row.values["for_team"].id),
            row.values["arrangement"],
        )
        for row in rows
    ]


def find(actor: Actor, object_key: str, place: str, audience: Audience) -> Held | None:
    wanted = (object_key, place, audience)
    return next(
        (each for each in everything(actor) if (each.of_object, each.place, each.audience) == wanted), None
    )


def start(actor: Actor, declaration: ObjectType, place: str, audience: Audience) -> dict[str, Any]:
    """What the editor begins with: the layout itself, else that of everybody, else what the code declares."""
    usual = current(declaration, place)
    for who in dict.fromkeys((audience, Audience())):
        found = find(actor, declaration.key, place, who)
        if found is not None:
            return usual | found.arrangement
    return usual


def current(declaration: ObjectType, place: str) -> dict[str, Any]:
    """The object as it is, written as an arrangement."""
    if place != PAGE:
        return {"fields": list(getattr(declaration, place))}
    with override(WRITTEN_IN):
        panels = [
            {"title": text_of(panel.title), "fields": list(panel.fields), "columns": panel.columns}
            for panel in declaration.details
        ]
    shown = dict(declaration.beside)
    ordered = dict.fromkeys([*shown, *keys_of(declaration)])
    return {
        "panels": panels,
        "subtitle": list(declaration.subtitle),
        "related": [{"key": key, "shown": shown.get(key, True)} for key in ordered],
    }


def keep(
    actor: Actor, object_key: str, place: str, audience: Audience, given: dict[str, Any]
) -> Change | None:
    """Invalid for an arrangement that cannot be."""
    found = find(actor, object_key, place, audience)
    if found is not None:
        record = visible(actor, "layout").get(found.id)
        return changes.save(actor, record, {"arrangement": given}, via=VIA).change
    named = {"for_role": audience.role or None, "for_team": audience.team or None}
    values = {"of_object": object_key, "place": place, "arrangement": given} | named
    changes.create(actor, "layout", values, via=VIA)
    return None


def reset(actor: Actor, found: Held) -> Change:
    return changes.delete(actor, visible(actor, "layout").get(found.id), via=VIA)
