"""What stands around the rows of a list: its head, its bar and the heads of its columns.

Without a filter none of it says a word of a record, so that it is drawn once for an actor, an address and an
arrangement. The words of a filter name records: they are made anew each time.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.query.views import SavedView
from aperto.web.lists import chips, heads, layouts, menus, totals
from aperto.web.lists.listing import Listing
from aperto.web.remembering import remembered

PASSING = ("message", "added", "known", "is_empty")  # of a context: what is said of these rows at this moment


def top(listing: Listing, known: Sequence[SavedView], context: Mapping[str, Any]) -> SafeString:
    """The head and the bar over the table; `context` is that of the table."""
    views = tuple((view.pk, view.name, view.share, view.layout) for view in known)
    passing = tuple(context[name] for name in PASSING)
    return _drawn(
        listing,
        ("top", views, passing),
        lambda: render_to_string("lists/top.html", {**context, **frame_context(listing, known)}),
    )


def columns_head(listing: Listing) -> SafeString:
    return _drawn(
        listing,
        ("columns", listing.editable),
        lambda: render_to_string("lists/columns_head.html", {"heads": heads.heads_of(listing)}),
    )


def totals_row(listing: Listing) -> SafeString:
    """The row under the table, before its numbers are known."""
    return _drawn(listing, ("totals",), lambda: totals.waiting(listing))


def _drawn(listing: Listing, name: tuple[Hashable, ...], draw: Callable[[], SafeString]) -> SafeString:
    if listing.text:
        return draw()
    held = listing.arrangement
    arranged = (
        held.view,
        held.name,
        held.filter,
        held.sort,
        held.columns,
        held.pinned,
        held.layout,
        held.group,
        str(held.settings),
    )
    asked = (*held.widths.items(), *held.footers.items(), *listing.given.items())
    return remembered(listing.actor, (*name, listing.declaration.key, arranged, asked), draw)


def frame_context(listing: Listing, known: Sequence[SavedView]) -> dict[str, Any]:
    """What stands around the table: the chips and menus of the view."""
    sorts = menus.sorts_of(listing)
    return {
        "chips": chips.chips_of(listing),
        "sorts": sorts,
        "groupings": menus.groupings_of(listing),
        "group_label": menus.group_label(listing),
        "layouts": menus.layouts_of(listing),
        "layout_icon": layouts.BY_KEY[listing.layout].icon,
        "sort_label": next((each.label for each in sorts if each.direction), _("Sort")),
        "views": menus.views_of(listing, known),
        "view_label": listing.arrangement.name or menus.unnamed(listing.declaration),
    }
