"""Days beside each other with their hours: the week, its working days, one day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.calendar.entries import Entry, filled
from aperto.web.calendar.draw import HOUR, EntryDrawer, place
from aperto.web.calendar.month import band
from aperto.web.calendar.period import AGENDA, DAY
from aperto.web.calendar.scene import Scene
from aperto.web.calendar.sides import LEAST, SLOT, SLOTS, Box, boxes
from aperto.web.calendar.words import weekday

OF_A_DAY = 120  # blocks; beyond that nobody finds anything
WHOLE = 8  # of those that take the whole day
MINUTES = 24 * 60


def draw(scene: Scene) -> SafeString:
    days = scene.period.days
    held = scene.found.by_day(days)
    whole = {day: [each for each in held[day] if is_whole(each)] for day in days}
    timed = {day: [each for each in held[day] if not is_whole(each)][:OF_A_DAY] for day in days}
    filled([each for day in days for each in (*whole[day][:WHOLE], *timed[day])])
    drawer = EntryDrawer(scene)
    heads = "".join(_head(scene, drawer, day) for day in days)
    above = "".join(_whole_day(scene, drawer, day, whole[day]) for day in days)
    columns = "".join(_column(scene, drawer, day, timed[day]) for day in days)
    return mark_safe(  # noqa: S308 - made of escaped pieces
        f'<div class="times" data-n="{len(days)}" data-times>'
        f'<div class="t-head"><span class="gut">{escape(zone_name(scene))}</span>{heads}</div>'
        f'<div class="t-all"><span class="gut">{escape(_("All day"))}</span>{above}</div>'
        f'<div class="t-scroll" tabindex="0" role="group" aria-label="{escape(_("Hours of the day"))}">'
        f'<div class="t-body">{_gutter(drawer)}{columns}</div></div></div>'
    )


def is_whole(entry: Entry) -> bool:
    """What has no time of day, and what takes a day and more."""
    return entry.whole_days or (entry.ends - entry.begins) >= timedelta(days=1)


def zone_name(scene: Scene) -> str:
    return scene.actor.viewer.now().tzname() or ""


def _head(scene: Scene, drawer: EntryDrawer, day: date) -> str:
    locale = scene.actor.viewer.locale
    kind = "d today" if day == drawer.today else "d"
    current = ' aria-current="date"' if day == drawer.today else ""
    url = escape(scene.url(mode=DAY, day=day.isoformat()))
    short = escape(weekday(day.weekday(), locale))
    return (
        f'<div class="{kind}"><a href="{url}" aria-label="{escape(drawer.day_name(day))}"{current}>'
        f"<span>{short}</span> <b>{day.day}</b></a>{band(scene, day)}</div>"
    )


def _whole_day(scene: Scene, drawer: EntryDrawer, day: date, entries: Sequence[Entry]) -> str:
    chips = "".join(drawer.chip(entry, day) for entry in entries[:WHOLE])
    if len(entries) > WHOLE:
        more = escape(_("+%(n)s more") % {"n": len(entries) - WHOLE})
        chips += f'<span class="more-ev">{more}</span>'
    return f'<div class="cell" data-day="{day.isoformat()}">{chips}</div>'


def _gutter(drawer: EntryDrawer) -> str:
    marks = [
        f"<span{place(hour * HOUR, hour * HOUR + HOUR)}>{escape(text)}</span>"
        for hour, text in enumerate(drawer.hours)
        if hour
    ]
    return f'<div class="gut hours" aria-hidden="true">{"".join(marks)}</div>'


def _column(scene: Scene, drawer: EntryDrawer, day: date, entries: Sequence[Entry]) -> str:
    """The hours of a day, what is outside of those in which one works, the present moment, and what is on."""
    placed = sorted(((minutes(each, day, drawer), each) for each in entries), key=lambda pair: pair[0])
    found = boxes([times for times, _each in placed])
    blocks = [drawer.block(each, box, day) for (_t, each), box in zip(placed, found, strict=True) if box]
    more = _more(scene, day, [times for (times, _each), box in zip(placed, found, strict=True) if not box])
    kind = "col today" if day == drawer.today else "col"
    label = escape(drawer.day_name(day))
    return (
        f'<div class="{kind}" data-day="{day.isoformat()}" role="group" aria-label="{label}">'
        f"{shade(scene, day)}{_now(drawer, day)}{''.join(blocks)}{more}</div>"
    )


def _more(scene: Scene, day: date, times: Sequence[tuple[int, int]]) -> str:
    """Where the first stands that finds no room beside the others; the agenda of the day has all of them."""
    if not times:
        return ""
    top = times[0][0] // SLOT
    text = escape(_("+%(n)s more") % {"n": len(times)})
    url = escape(scene.url(mode=AGENDA, day=day.isoformat()))
    return (
        f'<a class="more-ev t-more" href="{url}"{place(top, top + LEAST, Box(top, LEAST, 9, 4))}>{text}</a>'
    )


def minutes(entry: Entry, day: date, drawer: EntryDrawer) -> tuple[int, int]:
    """From when to when it stands on this day, by the clock on the wall; where the clock is put back, an
    entry may seem to end before it begins."""
    begin = 0 if entry.first < day else _of_day(entry.begins, drawer)
    end = MINUTES if entry.last > day or _is_midnight(entry, day, drawer) else _of_day(entry.ends, drawer)
    return begin, max(begin, end)


def _of_day(moment: datetime, drawer: EntryDrawer) -> int:
    local = moment.astimezone(drawer.zone)
    return local.hour * 60 + local.minute


def _is_midnight(entry: Entry, day: date, drawer: EntryDrawer) -> bool:
    return bool(entry.ends > entry.begins) and entry.ends.astimezone(drawer.zone).date() > day


def shade(scene: Scene, day: date) -> str:
    """The hours in which nobody is expected to work."""
    hours = scene.hours_of(day)
    if hours is None:
        return f'<i class="off"{place(0, SLOTS)}></i>'
    begin, end = hours[0] // SLOT, hours[1] // SLOT
    above = f'<i class="off"{place(0, begin)}></i>' if begin > 0 else ""
    return above + (f'<i class="off"{place(end, SLOTS)}></i>' if end < SLOTS else "")


def _now(drawer: EntryDrawer, day: date) -> str:
    if day != drawer.today:
        return ""
    now = drawer.viewer.now()
    slot = (now.hour * 60 + now.minute) // SLOT
    return f'<i class="now"{place(slot, slot + 1)}></i>'
