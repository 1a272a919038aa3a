"""The canvas of the editor: panels and their tiles, and the shelf of what stands nowhere yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.layouts.apply import titles_of
from aperto.kernel.layouts.arrangement import PAGE
from aperto.kernel.layouts.related import key_here, key_of, with_roles
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.records.reading import Shown

NOWHERE = frozenset({"title", "version", "deleted_at"})  # of every record, and never a tile


@dataclass(frozen=True)
class Tile:
    """What is dragged: a field with its value in the sample, or a panel of related records."""

    key: str
    label: str
    icon: str
    html: SafeString = SafeString("")
    needed: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Zone:
    """A panel. `titles` are (language, its name, the words)."""

    title: str
    tiles: list[Tile]
    columns: int = 0
    titles: list[tuple[str, str, str]] | None = None


@dataclass(frozen=True)
class Group:
    """Zones between which tiles move; what is in none of them lies on the shelf."""

    name: str
    zones: list[Zone]
    shelf: list[Tile]


def groups(record: Shown, place: str, arrangement: Mapping[str, Any]) -> list[Group]:
    """What the place consists of, filled as arranged. What is not there any more falls out."""
    if place != PAGE:
        return [_flat(record, place, gettext("Shown"), arrangement.get("fields", ()))]
    beside = _beside(record.declaration, arrangement.get("related", ()))
    return [
        _flat(record, "subtitle", gettext("Under the title"), arrangement.get("subtitle", ())),
        _panels(record, arrangement.get("panels", ())),
        Group("related", [Zone(gettext("Related"), beside)], []),
    ]


def _flat(record: Shown, name: str, title: str, keys: Iterable[str]) -> Group:
    tiles = _tiles(record, writable=name == "quick")
    chosen = [tiles.pop(key) for key in keys if key in tiles]
    return Group(name, [Zone(title, chosen)], list(tiles.values()))


def _panels(record: Shown, panels: Iterable[Mapping[str, Any]]) -> Group:
    tiles = _tiles(record)
    tiles.pop(record.declaration.path, None)  # the path above the page shows it
    titles = titles_of(record.declaration.standard or record.declaration)
    zones = [
        Zone(
            text_of(titles.get(each["title"], each["title"])),
            [tiles.pop(key) for key in each["fields"] if key in tiles],
            each.get("columns", 0),
            titles_by_language(each.get("titles") or {}),
        )
        for each in panels
    ]
    return Group("panels", zones, list(tiles.values()))


def blank() -> Zone:
    """A panel that is added."""
    return Zone(gettext("New panel"), [], 0, titles_by_language({}))


def titles_by_language(given: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(code, text_of(name), given.get(code, "")) for code, name in settings.LANGUAGES]


def _tiles(record: Shown, writable: bool = False) -> dict[str, Tile]:
    return {
        key: _tile(record, each)
        for key, each in record.fields.items()
        if key not in NOWHERE and not (writable and each.readonly)
    }


def _tile(record: Shown, each: Field) -> Tile:
    needed = each.required and each.default is None
    return Tile(each.key, text_of(each.label), each.icon, SafeString(record.html(each.key)), needed)


def _beside(declaration: ObjectType, arranged: Iterable[Mapping[str, Any]]) -> list[Tile]:
    """All related panels; those that the arrangement does not name come last."""
    left = {key_here(declaration, each): (text_of(each.label), to) for each, to in with_roles(declaration)}
    for each in declaration.related:
        if each.object in registry:
            title = text_of(each.title) or text_of(registry.get(each.object).plural)
            left.setdefault(key_of(each), (title, each.object))
    shown = {each["key"]: each.get("shown", True) for each in arranged}
    keys = [*(key for key in shown if key in left), *(key for key in left if key not in shown)]
    return [
        Tile(key, left[key][0], registry.get(left[key][1]).icon, shown=shown.get(key, True)) for key in keys
    ]


def in_code(arrangement: dict[str, Any], declaration: ObjectType) -> dict[str, Any]:
    """A title that is still that of the code is kept in the words of the code, which every language knows."""
    titles = titles_of(declaration.standard or declaration)
    known = {text_of(title): plain for plain, title in titles.items()}
    for panel in arrangement.get("panels", ()):
        if isinstance(panel, dict) and isinstance(panel.get("title"), str):
            panel["title"] = known.get(panel["title"], panel["title"])
    return arrangement
