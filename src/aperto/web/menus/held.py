"""Menus as they are stored, and as the editor shows them."""

from typing import Any
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.menu import RECORDS, MenuPlan, read
from aperto.kernel.records import Row, visible
from aperto.web.layouts.canvas import Group, Tile, Zone, titles_by_language
from aperto.web.shell import groups_of, listed

VIA = "page"
COLUMNS = ("for_role", "arrangement")
MOST = 200


def everything(actor: Actor) -> list[Row]:
    return list(visible(actor, "menu").page(columns=COLUMNS, sort="name", limit=MOST).rows)


def find(actor: Actor, role: str) -> Row | None:
    return next((row for row in everything(actor) if (row.values["for_role"] or "") == role), None)


def canvas(plan: MenuPlan | None) -> Group:
    """The groups with their entries; on the shelf lies what is hidden."""
    tiles = {each.key: Tile(each.key, text_of(each.plural), each.icon) for each in listed()}
    groups = groups_of(plan)
    words = [dict(group.titles) for group in plan.groups] if plan else [{} for _group in groups]
    zones = [
        Zone(title, [tiles.pop(key) for key in keys if key in tiles], 0, titles_by_language(given))
        for (title, keys), given in zip(groups, words, strict=True)
    ]
    return Group("panels", zones, list(tiles.values()))


def plan_for(actor: Actor, role: str) -> MenuPlan | None:
    """What the editor begins with: the role's own menu, else that of everybody."""
    found = find(actor, role) or find(actor, "")
    return read(found.values["arrangement"]) if found else None


def arrangement(given: Any) -> dict[str, Any]:
    """The menu that the canvas says: what stands in none of its groups is hidden."""
    panels = given.get("panels") if isinstance(given, dict) else None
    groups = [
        {
            "title": "Records" if each.get("title") == text_of(RECORDS) else each.get("title"),
            "titles": each.get("titles"),
            "items": each.get("fields"),
        }
        for each in panels or ()
        if isinstance(each, dict)
    ]
    named = {key for group in groups for key in group["items"] or () if isinstance(key, str)}
    return {"groups": groups, "hidden": [each.key for each in listed() if each.key not in named]}


def keep(actor: Actor, role: str, given: dict[str, Any]) -> Change | None:
    """Invalid for a menu that cannot be."""
    found = find(actor, role)
    if found is None:
        changes.create(actor, "menu", {"for_role": role or None, "arrangement": given}, via=VIA)
        return None
    return changes.save(actor, visible(actor, "menu").get(found.id), {"arrangement": given}, via=VIA).change


def reset(actor: Actor, menu: UUID) -> Change:
    return changes.delete(actor, visible(actor, "menu").get(menu), via=VIA)
