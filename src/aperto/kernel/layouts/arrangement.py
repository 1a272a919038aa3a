"""An arrangement: what a layout says of one place, read from JSON into something typed.

    page     {"panels": [{"title", "titles", "fields", "columns"}], "subtitle": [keys],
              "related": [{"key", "shown"}]}; what is not said stays as it is
    quick, card, columns    {"fields": [keys]}

The form page follows the panels of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.setting import flag, labels, text

PAGE = "page"
PLACES: Mapping[str, Message] = {
    PAGE: _("Page and form"),
    "quick": _("Quick create"),
    "card": _("Card"),
    "columns": _("List"),
}
MOST_PANELS = 40
MOST_FIELDS = 300
AS_USUAL, ONE, TWO = 0, 1, 2  # columns of a panel


@dataclass(frozen=True)
class PanelPlan:
    title: str
    titles: tuple[tuple[str, str], ...]  # by language
    fields: tuple[str, ...]
    columns: int = AS_USUAL


@dataclass(frozen=True)
class Beside:
    """A panel of related records, by what its records point with (see `related.key_of`)."""

    key: str
    shown: bool = True


@dataclass(frozen=True)
class Arrangement:
    """What is None is not said."""

    fields: tuple[str, ...] | None = None
    panels: tuple[PanelPlan, ...] | None = None
    subtitle: tuple[str, ...] | None = None
    related: tuple[Beside, ...] | None = None


def read(place: str, raw: Any) -> Arrangement:
    """FieldError for what is no arrangement of this place; whether its fields exist is another question."""
    known = {"panels", "subtitle", "related"} if place == PAGE else {"fields"}
    only(raw, known)
    if place != PAGE:
        return Arrangement(fields=keys(raw.get("fields")))
    return Arrangement(
        panels=None if "panels" not in raw else _panels(raw["panels"]),
        subtitle=None if "subtitle" not in raw else keys(raw["subtitle"]),
        related=None if "related" not in raw else _related(raw["related"]),
    )


def only(raw: Any, known: set[str]) -> None:
    if not isinstance(raw, Mapping):
        raise FieldError(_("An arrangement is expected here."))
    for name in raw:
        if name not in known:
            raise FieldError(_("“%(name)s” is no part of this arrangement.") % {"name": str(name)[:60]})


def keys(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_FIELDS or not all(isinstance(each, str) for each in raw):
        raise FieldError(_("A list of keys is expected here."))
    return once(raw)


def once(found: list[str]) -> tuple[str, ...]:
    for place, key in enumerate(found):
        if key in found[:place]:
            raise FieldError(_("“%(key)s” stands there twice.") % {"key": key[:60]})
    return tuple(found)


def _panels(raw: Any) -> tuple[PanelPlan, ...]:
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_PANELS:
        raise FieldError(_("A page has from 1 to %(most)s panels.") % {"most": MOST_PANELS})
    panels = tuple(_panel(each) for each in raw)
    once([key for panel in panels for key in panel.fields])
    return panels


def _panel(raw: Any) -> PanelPlan:
    only(raw, {"title", "titles", "fields", "columns"})
    title = text(raw.get("title", "")).strip()
    if not title:
        raise FieldError(_("A panel needs a title."))
    columns = raw.get("columns", AS_USUAL)
    if isinstance(columns, bool) or columns not in {AS_USUAL, ONE, TWO}:
        raise FieldError(_("A panel has one column or two."))
    titles = tuple(sorted(labels(raw.get("titles")).items()))
    return PanelPlan(title, titles, keys(raw.get("fields")), columns)


def _related(raw: Any) -> tuple[Beside, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_FIELDS:
        raise FieldError(_("A list of panels is expected here."))
    for each in raw:
        only(each, {"key", "shown"})
    found = tuple(Beside(text(each.get("key", "")), flag(each.get("shown", True))) for each in raw)
    once([each.key for each in found])
    return found
