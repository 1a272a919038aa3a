"""The menus over a list: what it can be sorted by, and the saved views."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.engines.periods import UNITS
from aperto.kernel.query.grouping import Grouping, can_group
from aperto.kernel.query.readable import readable
from aperto.kernel.query.sorting import is_sortable
from aperto.kernel.query.views import EVERYONE, MINE, ROLE, TEAM, SavedView
from aperto.web.lists import layouts
from aperto.web.lists.arrangement import TABLE
from aperto.web.lists.heads import direction_of, sort_url
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import personal_key
from aperto.web.lists.words import label_of

ALWAYS = ("title", "created_at", "updated_at")


@dataclass(frozen=True)
class Sort:
    url: str
    label: str
    icon: str
    direction: str


def sorts_of(listing: Listing) -> list[Sort]:
    """The columns shown, then what one sorts by without a column."""
    known = readable(listing.actor, listing.declaration)
    keys = dict.fromkeys([*(column.field.key for column in listing.columns), *ALWAYS])
    found = []
    for field in (known[key] for key in keys if key in known):
        if is_sortable(field):
            direction = direction_of(listing.sort, field.key)
            label = label_of(field)
            found.append(Sort(sort_url(listing, field), label, field.icon, direction))
    return found


@dataclass(frozen=True)
class GroupBy:
    """`unit` is the word for the period of a date; `current` whether the list is grouped so."""

    url: str
    label: str
    icon: str
    unit: str = ""
    current: bool = False


def groupings_of(listing: Listing) -> list[GroupBy]:
    """What the list can be grouped by; the periods of the date that it is grouped by stand below it."""
    known = readable(listing.actor, listing.declaration)
    keys = dict.fromkeys([*(column.field.key for column in listing.columns), *known])
    now = grouping(listing)
    found = (
        [GroupBy(listing.url(group="" if listing.arrangement.group else None), _("No groups"), "x")]
        if now
        else []
    )
    for field in (known[key] for key in keys if key in known):
        if can_group(field) and field.label:
            units = UNITS if now and now.field is field and now.unit else ("",)
            found += [_group_by(listing, field, unit, now) for unit in units]
    return found


def _group_by(listing: Listing, field: Field, unit: str, now: Grouping | None) -> GroupBy:
    """By the field; where it is grouped so already, the other way round."""
    current = now is not None and now.field is field and now.unit in (unit, "")
    text = f"{field.key}:{unit}" if unit else field.key
    down = current and now is not None and not now.descending
    word = unit_words().get(unit, "")
    return GroupBy(
        listing.url(group=f"-{text}" if down else text), label_of(field), field.icon, word, current
    )


def unit_words() -> dict[str, str]:
    return {
        "day": _("by day"),
        "week": _("by week"),
        "month": _("by month"),
        "quarter": _("by quarter"),
        "year": _("by year"),
    }


def grouping(listing: Listing) -> Grouping | None:
    """None also for an address that means nothing: its message stands beside the list."""
    try:
        return listing.grouping
    except FieldError:
        return None


def group_label(listing: Listing) -> str:
    now = grouping(listing)
    if now is None:
        return _("Group")
    unit = unit_words().get(now.unit)
    return f"{label_of(now.field)}, {unit}" if unit else label_of(now.field)


@dataclass(frozen=True)
class View:
    url: str
    name: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Group:
    label: str
    views: list[View]


def views_of(listing: Listing, known: Sequence[SavedView]) -> list[Group]:
    """All records, then the saved views: one's own, the teams', the roles', everyone's."""
    declaration = listing.declaration
    everything = View(
        f"/{declaration.key}?view=all", unnamed(declaration), "table", not listing.arrangement.view
    )
    personal = personal_key(listing.actor, declaration)
    groups = [Group("", [everything])]
    for share, label in ((MINE, _("Yours")), (TEAM, _("Team")), (ROLE, _("Role")), (EVERYONE, _("Everyone"))):
        shared = [_view(listing, view) for view in known if view.share == share and view.pk != personal]
        groups += [Group(label, shared)] if shared else []
    return groups


def _view(listing: Listing, view: SavedView) -> View:
    place = layouts.place_of(view.layout, listing.actor, listing.declaration)
    icon = layouts.BY_KEY[place.removeprefix("/") or TABLE].icon
    url = f"/{listing.declaration.key}{place}?view={view.pk}"
    return View(url, view.name, icon, view.pk == listing.arrangement.view)


@dataclass(frozen=True)
class Switch:
    """A layout that the list can be looked at in."""

    url: str
    label: str
    icon: str
    current: bool


def layouts_of(listing: Listing) -> list[Switch]:
    """The layouts to choose from; none where there is but one."""
    found = []
    for each in layouts.offered(listing.actor, listing.declaration):
        url = listing.url(each.place, layout=None if each.place else TABLE)
        found.append(Switch(url, str(each.label), each.icon, each.key == listing.layout))
    return found if len(found) > 1 else []


def unnamed(declaration: ObjectType) -> str:
    """What the list is called without a view."""
    return _("All %(objects)s") % {"objects": str(declaration.plural).lower()}
