"""The menus of a timeline: its lanes, where its bars begin and end, and their colours."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from aperto.kernel.calendar.axis import placing
from aperto.kernel.fields.base import Field
from aperto.web.calendar import build, marks
from aperto.web.charts.menus import Choice, Menu
from aperto.web.lanes.asked import BEGINS, COLOUR, ENDS, LANES, NONE, Asked, endings, laned
from aperto.web.lists.listing import Listing
from aperto.web.lists.words import label_of


def menus_of(listing: Listing, asked: Asked) -> list[Menu]:
    actor, declaration, axis = listing.actor, listing.declaration, asked.axis
    lanes = asked.lanes.field if asked.lanes else None
    without = Choice(listing.url(**{LANES: NONE}), _("No lanes"), "x", current=lanes is None)
    endless = Choice(listing.url(**{ENDS: NONE}), _("No end"), "x", current=axis.ends is None)
    tints = marks.colourings([axis], build.tints_of(actor, axis))
    colours = [Choice(listing.url(**{COLOUR: key}), label, "palette", current=key == asked.colour)
               for key, label in tints]  # fmt: skip
    chosen = next((each.label for each in colours if each.current), "")
    return [
        Menu("lanes", _("A lane for each"), "layout-list", label_of(lanes) if lanes else _("No lanes"),
             [without, *_fields(listing, LANES, laned(actor, declaration), lanes)]),
        Menu("begins", _("Begins"), "calendar-time", label_of(axis.begins),
             list(_fields(listing, BEGINS, placing(actor, declaration), axis.begins))),
        Menu("ends", _("Ends"), "calendar-due", label_of(axis.ends) if axis.ends else _("No end"),
             [endless, *_fields(listing, ENDS, endings(actor, axis), axis.ends)]),
        Menu("colour", _("Colours"), "palette", chosen, colours),
    ]  # fmt: skip


def _fields(listing: Listing, name: str, fields: Iterable[Field], now: Field | None) -> Iterator[Choice]:
    """Another beginning may have another end, which is chosen anew."""
    for field in fields:
        changes: dict[str, str | None] = {name: field.key} | ({ENDS: None} if name == BEGINS else {})
        yield Choice(listing.url(**changes), label_of(field), field.icon, current=field is now)
