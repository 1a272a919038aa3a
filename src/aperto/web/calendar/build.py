"""The scene of an address: of all activities, or of one list."""

from collections.abc import Mapping, Sequence
from typing import Any

from aperto.kernel import records
from aperto.kernel.access import organisation
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.calendar.axis import Axis, axis_of
from aperto.kernel.calendar.entries import Lot
from aperto.kernel.calendar.working import Working, working
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.calendar import marks
from aperto.web.calendar.period import MODES, MONTH, Period, day_of
from aperto.web.calendar.scene import Scene
from aperto.web.calendar.whose import Whose
from aperto.web.lists.listing import Listing
from aperto.web.records.about import activities
from aperto.web.request import Request

PLACE = "/calendar"


def planned(actor: Actor) -> list[ObjectType]:
    """The activities that one plans, whose moment this actor may read."""
    return [
        each
        for each in activities(actor)
        if each.activity
        and each.activity.done
        and actor.may(each, Verb.READ)
        and each.activity.moment in readable(actor, each)
    ]


def period_of(request: Request, usual: str, hours: Working) -> Period:
    mode = request.GET.get("mode", usual)
    viewer = request.actor.viewer
    day = day_of(request.GET.get("day", ""), viewer)
    return Period(mode if mode in MODES else MONTH, day, viewer, hours.days)


def hours_of(request: Request) -> Working:
    """When the person who asks works; through another's eyes the organisation's hours hold."""
    user: Any = request.user
    own = user.working if request.actor.behind is None else {}
    return working(own, organisation.current(), request.actor.viewer)


def lot_of(actor: Actor, axis: Axis, selection: records.Selection, colour: str = "") -> Lot:
    """Read besides title and times: whose it is, whether it is over, what gives the colour."""
    known = readable(actor, axis.declaration)
    activity = axis.declaration.activity
    wanted = ("owner", activity.done if activity else "", colour)
    return Lot(axis, selection, tuple(key for key in dict.fromkeys(wanted) if key in known))


def of_activities(
    request: Request, shown: Sequence[ObjectType], who: Whose, kept: Mapping[str, str]
) -> Scene:
    """`kept` is how somebody looks at the calendar: by the address, or as they last did."""
    actor, hours = request.actor, hours_of(request)
    lots = [lot_of(actor, axis_of(actor, each), records.visible(actor, each.key)) for each in shown]
    given = {"who": who.key, "show": kept["show"], "colour": kept["colour"]}
    colour = marks.OWNER if kept["colour"] == marks.OWNER else marks.OBJECT
    period = period_of(request, kept["mode"], hours)
    return Scene(actor, period, hours, who.narrow(lots), PLACE, given, colour)


def of_list(request: Request, listing: Listing) -> Scene:
    """The records of a list, placed by the field that the address or the view says."""
    actor, hours, kept = request.actor, hours_of(request), listing.settings
    axis = _axis(request, listing)
    colour = kept["colour"] or marks.OBJECT
    tints = {field.key: field for field in tints_of(actor, axis)}
    if colour not in (marks.OBJECT, marks.OWNER, *tints):
        colour = marks.OBJECT
    lot = lot_of(actor, axis, listing.selection, colour)
    return Scene(
        actor,
        period_of(request, kept["mode"] or MONTH, hours),
        hours,
        [lot],
        f"/{listing.declaration.key}{PLACE}",
        {key: text for key, text in listing.given.items() if key != "mode"},
        colour,
        tints.get(colour),
    )


def _axis(request: Request, listing: Listing) -> Axis:
    """An address that names no date is not there; a view whose field this reader does not see is shown by
    the usual one."""
    known = readable(request.actor, listing.declaration)
    wanted = listing.settings["placed"]
    return axis_of(
        request.actor, listing.declaration, wanted if wanted in known or "placed" in listing.given else ""
    )


def tints_of(actor: Actor, axis: Axis) -> list[Any]:
    return marks.choices(axis, list(readable(actor, axis.declaration).values()))
