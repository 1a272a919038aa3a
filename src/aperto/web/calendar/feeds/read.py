"""A feed as iCalendar: what its owner may read at this moment, in RFC 5545's words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from aperto import __version__
from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.calendar.axis import axis_of
from aperto.kernel.calendar.entries import Entry, Lot, Span, between, filled
from aperto.kernel.calendar.feeds import CalendarFeed
from aperto.kernel.errors import Missing
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import views
from aperto.kernel.query.json import from_json
from aperto.kernel.query.readable import readable
from aperto.web.calendar.build import planned
from aperto.web.calendar.whose import ME, whose

BEFORE, AFTER = timedelta(days=92), timedelta(days=366)
MOST = 5_000
WHERE = "location"


def written(feed: CalendarFeed, actor: Actor, site: str) -> bytes:
    """The whole file; Missing where its view is out of the owner's reach."""
    today = actor.viewer.now().date()
    found = between(_lots(feed, actor), Span(today - BEFORE, today + AFTER, actor.viewer)).entries[:MOST]
    filled(found)
    calendar = Calendar()
    calendar.add("prodid", f"-//Aperto//Aperto {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", feed.name)
    for event in _events(found, site):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _lots(feed: CalendarFeed, actor: Actor) -> list[Lot]:
    if feed.view is None:
        lots = [_lot(actor, each.key, "") for each in planned(actor)]
        return whose(actor, ME).narrow(lots)
    view = views.get_view(actor, feed.view)
    return [_lot(actor, view.object, view.layout_settings.get("calendar", {}).get("placed", ""), view)]


def _lot(actor: Actor, object_key: str, placed: str, view: views.SavedView | None = None) -> Lot:
    declaration = for_actor(actor, registry.get(object_key))
    if not actor.may(declaration, Verb.READ):
        raise Missing(object_key)
    known = readable(actor, declaration)
    axis = axis_of(actor, declaration, placed if placed in known else "")
    selection = records.visible(actor, object_key).matching(from_json(view.filter) if view else None)
    return Lot(axis, selection, tuple(key for key in ("updated_at", WHERE) if key in known))


def _events(found: Iterable[Entry], site: str) -> Iterable[Event]:
    for entry in found:
        row, key = entry.row, entry.lot.axis.declaration.key
        assert row is not None
        event = Event()
        event.add("uid", f"{row.id}@aperto")
        event.add("dtstamp", row.values.get("updated_at") or entry.begins)
        event.add("dtstart", entry.begins)
        event.add("dtend", _end(entry))
        event.add("summary", row.title)
        event.add("url", f"{site}/{key}/{row.id}")
        if place := row.values.get(WHERE):
            event.add("location", str(place))
        yield event


def _end(entry: Entry) -> Any:
    """Whole days end before the day after; what has no end is given half an hour, so that it is seen."""
    if not isinstance(entry.ends, datetime):
        return entry.ends + timedelta(days=1)
    return entry.ends if entry.ends > entry.begins else entry.begins + timedelta(minutes=30)
