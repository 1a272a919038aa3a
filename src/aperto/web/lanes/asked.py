"""What a timeline is asked to show: from which date to which, on which lanes, in which colours, how near."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar.axis import Axis, axis_of, placing
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.grouping import DATED, Grouping, can_group, grouping_of
from aperto.kernel.query.readable import readable
from aperto.web.calendar import build, marks
from aperto.web.lanes.window import QUARTER, ZOOMS
from aperto.web.lists.listing import Listing

PLACE = "/timeline"
BEGINS, ENDS, LANES, ZOOM, COLOUR = "begins", "ends", "lanes", "zoom", "colour"
NONE = "-"  # no end, no lanes: blank is the usual one


@dataclass(frozen=True)
class Asked:
    """`lanes` is None where all records lie on one; `tint` the field that gives the colours, if one does."""

    axis: Axis
    lanes: Grouping | None
    zoom: str
    colour: str
    tint: Field | None


def asked_of(listing: Listing) -> Asked:
    """What the address asks for, else the view; FieldError for what cannot be. What a view asks for that this
    reader does not see is left out."""
    try:
        return _read(listing, listing.settings)
    except FieldError:
        if any(name in listing.given for name in listing.settings):
            raise
        return _read(listing, dict.fromkeys(listing.settings, ""))


def _read(listing: Listing, told: Mapping[str, str]) -> Asked:
    actor, declaration = listing.actor, listing.declaration
    axis = _axis(actor, declaration, told[BEGINS], told[ENDS])
    lanes = told[LANES] or _usual_lanes(actor, declaration)
    grouping = None if lanes == NONE else grouping_of(lanes, declaration, actor)
    if grouping and grouping.unit:
        raise FieldError(_("Records cannot be grouped by %(field)s.") % {"field": grouping.field.label})
    tints = {field.key: field for field in build.tints_of(actor, axis)}
    colour = told[COLOUR] if told[COLOUR] in (marks.OWNER, *tints) else marks.OBJECT
    zoom = told[ZOOM] if told[ZOOM] in ZOOMS else QUARTER
    return Asked(axis, grouping, zoom, colour, tints.get(colour))


def _axis(actor: Actor, declaration: ObjectType, begins: str, ends: str) -> Axis:
    try:
        axis = axis_of(actor, declaration, begins)
    except Missing:
        words = {"object": declaration.label, "field": begins[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words) from None
    if not ends:
        return axis
    known = {field.key: field for field in endings(actor, axis)}
    if ends != NONE and ends not in known:
        words = {"object": declaration.label, "field": ends[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    return Axis(declaration, axis.begins, known.get(ends))


def endings(actor: Actor, axis: Axis) -> list[Field]:
    """What can be the end: another date, or how long an activity lasts."""
    usual = axis_of(actor, axis.declaration, axis.begins.key).ends
    others = [each for each in placing(actor, axis.declaration) if each is not axis.begins]
    return others if usual is None or usual in others else [usual, *others]


def laned(actor: Actor, declaration: ObjectType) -> list[Field]:
    known = readable(actor, declaration).values()
    return [each for each in known if can_group(each) and each.label and each.kind not in DATED]


def _usual_lanes(actor: Actor, declaration: ObjectType) -> str:
    """The field of the board, else whose it is, else a choice among the columns."""
    known = {each.key for each in laned(actor, declaration)}
    keys = (declaration.board, "owner", *declaration.columns)
    return next((key for key in keys if key in known), NONE)
