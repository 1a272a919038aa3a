"""The month: a table of weeks. Each day shows its first entries and says how many more it has."""

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.calendar.entries import Entry, filled
from aperto.kernel.fields.formats.numbers import write_number
from aperto.web.calendar import agenda
from aperto.web.calendar.draw import EntryDrawer
from aperto.web.calendar.marks import OBJECT
from aperto.web.calendar.period import DAY, MONTH
from aperto.web.calendar.scene import Scene
from aperto.web.calendar.words import weekday

SHOWN = 4
DOTS = 3
OF_THE_DAY = 60  # entries under the month of a telephone


def draw(scene: Scene) -> SafeString:
    span = scene.period.span
    held = scene.found.by_day(span.days)
    chosen = held[scene.period.day]
    filled([entry for day in span.days for entry in held[day][:SHOWN]] + chosen[:OF_THE_DAY])
    drawer = EntryDrawer(scene)
    weeks = [span.days[n : n + 7] for n in range(0, len(span.days), 7)]
    rows = "".join(f"<tr>{_week(scene, drawer, held, week)}</tr>" for week in weeks)
    label = escape(_("Calendar"))
    below = agenda.day(scene, drawer, scene.period.day, chosen[:OF_THE_DAY], len(chosen))
    return mark_safe(  # noqa: S308 - made of escaped pieces
        f'<table class="month" aria-label="{label}"><thead><tr>{_heads(scene, weeks[0])}</tr></thead>'
        f'<tbody>{rows}</tbody></table><div class="of-day" id="of-day">{below}</div>'
    )


def _heads(scene: Scene, week: Sequence[date]) -> str:
    locale = scene.actor.viewer.locale
    names = [(weekday(day.weekday(), locale), weekday(day.weekday(), locale, "wide")) for day in week]
    return "".join(f'<th scope="col" abbr="{escape(full)}">{escape(short)}</th>' for short, full in names)


def _week(scene: Scene, drawer: EntryDrawer, held: dict[date, list[Entry]], week: Sequence[date]) -> str:
    return "".join(_day(scene, drawer, day, held[day]) for day in week)


def _day(scene: Scene, drawer: EntryDrawer, day: date, entries: Sequence[Entry]) -> str:
    kinds = ["day"]
    kinds += ["today"] if day == drawer.today else []
    kinds += ["out"] if day.month != scene.period.day.month else []
    kinds += ["rest"] if day.weekday() not in scene.period.working else []
    kinds += ["chosen"] if day == scene.period.day else []
    name = drawer.day_name(day)
    count = ngettext("%(n)s entry", "%(n)s entries", len(entries)) % {"n": len(entries)}
    said = escape(f"{name}, {count}")
    current = ' aria-current="date"' if day == drawer.today else ""
    chips = "".join(drawer.chip(entry, day) for entry in entries[:SHOWN])
    url = escape(scene.url(mode=DAY, day=day.isoformat()))
    return (
        f'<td class="{" ".join(kinds)}" data-day="{day.isoformat()}">'
        f'<a class="num" href="{url}" aria-label="{said}"{current}>'
        f"{day.day}</a>{_tap(scene, day, said, entries)}{band(scene, day)}"
        f'<div class="evs">{chips}{_more(scene, drawer, day, len(entries))}</div></td>'
    )


def band(scene: Scene, day: date) -> str:
    """What the day is called where nobody works."""
    name = scene.holidays.get(day)
    return f'<span class="holiday" title="{escape(name)}">{escape(name)}</span>' if name else ""


def _more(scene: Scene, drawer: EntryDrawer, day: date, count: int) -> str:
    if count <= SHOWN:
        return ""
    number = write_number(count - SHOWN, drawer.viewer)
    text = escape(_("+%(n)s more") % {"n": number})
    said = escape(_("%(n)s more on %(day)s") % {"n": number, "day": drawer.day_name(day)})
    url = escape(scene.url(mode=DAY, day=day.isoformat()))
    return f'<a class="more-ev" href="{url}" aria-label="{said}">{text}</a>'


def _tap(scene: Scene, day: date, said: str, entries: Sequence[Entry]) -> str:
    """The day on a telephone: a point for each of its first entries; a tap lists them below."""
    hues = [_hue(scene, entry) for entry in entries[:DOTS]]
    dots = "".join(f'<i data-hue="{hue}"></i>' for hue in hues)
    url = escape(scene.url(mode=MONTH, day=day.isoformat()))
    return (
        f'<a class="tap" href="{url}#of-day" aria-label="{said}"><span>{day.day}</span>'
        f'<span class="dots">{dots}</span></a>'
    )


def _hue(scene: Scene, entry: Entry) -> str:
    return entry.lot.axis.declaration.hue if scene.colour == OBJECT else scene.mark(entry).hue
