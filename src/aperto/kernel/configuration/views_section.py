"""Saved lists that everybody sees; those of a person or a team are theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import TOKEN, Names, address_of
from aperto.kernel.configuration.section import VIA, Held, Section, Writing, filled
from aperto.kernel.errors import FieldError, Invalid, Message
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import print as printing
from aperto.kernel.query.json import from_json, to_json
from aperto.kernel.query.parse import parse
from aperto.kernel.query.views import EVERYONE, TABLE, SavedView, delete_view, get_view, save_view

BLANK: dict[str, Any] = {
    "filter": "", "columns": [], "widths": {}, "pinned": 0, "sort": "", "layout": TABLE, "board": "",
    "position": 0, "is_default": False, "group_by": "", "footers": {}, "lane_total": "",
    "layout_settings": {},
}  # fmt: skip
OBJECT, NAME, FILTER = "of_object", "name", "filter"


class ViewsSection(Section):
    key = "view"
    label = _("Views")
    required = frozenset({OBJECT, NAME})

    def comment(self) -> str:
        return "Views: saved lists that everybody sees."

    def fields(self) -> dict[str, Message]:
        return {
            OBJECT: _("Object"), NAME: _("Name"), FILTER: _("Filter"), "columns": _("Columns"),
            "widths": _("Widths"), "pinned": _("Pinned columns"), "sort": _("Sort"), "layout": _("Layout"),
            "board": _("Lanes"), "position": _("Position"), "is_default": _("Opens first"),
            "group_by": _("Grouped by"), "footers": _("Totals"), "lane_total": _("Total of lanes"),
            "layout_settings": _("Settings of layouts"),
        }  # fmt: skip

    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        rows = SavedView.objects.filter(share=EVERYONE).order_by("object", "position", "name", "pk")
        found = [row for row in rows if row.object in registry]
        for row in found:
            taken = [address for section, address in names.ids if section == self.key]
            names.put(self.key, address_of([row.object, row.name], taken), row.pk)
        return [Held(row.pk, _values(row, names)) for row in found]

    def identity(self, values: Values) -> Sequence[Any]:
        return [values.get(OBJECT), values.get(NAME)]

    def normal(self, key: str, value: Any) -> Any:
        if key != FILTER or not isinstance(value, str) or TOKEN.search(value):
            return value
        try:
            return printing.write(parse(value))
        except FieldError:
            return value

    def create(self, writing: Writing, values: dict[str, Any]) -> UUID:
        view = SavedView(share=EVERYONE, object=str(values.get(OBJECT)), name=str(values.get(NAME)))
        if view.object not in registry:
            raise Invalid({OBJECT: [_("There is no object of this name.")]})
        self._store(writing, view, values, "created")
        return view.pk

    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None:
        self._store(writing, get_view(writing.actor, id), values, "changed")

    def _store(self, writing: Writing, view: SavedView, values: dict[str, Any], verb: str) -> None:
        before = raw(view) if verb == "changed" else dict.fromkeys(raw(view))
        for key, value in values.items():
            if key not in (OBJECT, NAME):
                setattr(view, key, _read(key, BLANK[key] if value is None else value))
        stepped = _others(view) if view.is_default else []
        save_view(writing.actor, view)
        for other in stepped:  # before the view itself, so that they are taken back after it
            _note(writing, other, "changed", {"is_default": [True, False]})
        after = raw(view)
        _note(writing, view, verb, {key: [before[key], after[key]] for key in after})

    def remove(self, writing: Writing, id: UUID) -> None:
        view = get_view(writing.actor, id)
        before = raw(view)
        delete_view(writing.actor, view)
        _note(writing, view, "deleted", {key: [value, None] for key, value in before.items()}, id)


def raw(view: SavedView) -> dict[str, Any]:
    """The columns that undoing needs."""
    return {OBJECT: view.object, NAME: view.name} | {key: getattr(view, key) for key in BLANK}


def _note(
    writing: Writing, view: SavedView, verb: str, diff: dict[str, list[Any]], id: UUID | None = None
) -> None:
    moved = {key: pair for key, pair in diff.items() if pair[0] != pair[1]}
    if moved:
        changes.note(writing.actor, "view", id or view.pk, verb, moved, via=VIA, batch=writing.batch)


def _others(view: SavedView) -> list[SavedView]:
    others = SavedView.objects.filter(object=view.object, share=EVERYONE, is_default=True)
    return list(others.exclude(pk=view.pk))


def _values(view: SavedView, names: Names) -> Values:
    said = {key: value for key, value in raw(view).items() if BLANK.get(key) != value}
    if view.filter:
        said[FILTER] = names.outward(printing.write(from_json(view.filter)))
    return dict(filled(said))


def _read(key: str, value: Any) -> Any:
    """The text of a filter as it is kept."""
    if key != FILTER:
        return value
    try:
        return to_json(parse(str(value)))
    except FieldError as error:
        raise Invalid({FILTER: [error.message]}) from None
