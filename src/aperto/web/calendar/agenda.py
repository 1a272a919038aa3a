"""The days to come as a list, and one day of it under the month of a telephone."""

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.calendar.entries import Entry, filled
from aperto.kernel.fields.formats.numbers import write_number
from aperto.web.calendar.draw import EntryDrawer
from aperto.web.calendar.period import DAY
from aperto.web.calendar.scene import Scene

OF_A_DAY = 50


def draw(scene: Scene) -> SafeString:
    """Only days that have something; "" where none has."""
    days = scene.period.span.days
    held = scene.found.by_day(days)
    filled([entry for day in days for entry in held[day][:OF_A_DAY]])
    drawer = EntryDrawer(scene)
    sections = [
        day_section(scene, drawer, day, held[day]) for day in days if held[day] or day in scene.holidays
    ]
    return mark_safe(f'<div class="agenda">{"".join(sections)}</div>' if sections else "")  # noqa: S308


def day_section(scene: Scene, drawer: EntryDrawer, day_: date, entries: Sequence[Entry]) -> str:
    kind = ' class="today"' if day_ == drawer.today else ""
    return f"<section{kind}>{day(scene, drawer, day_, entries[:OF_A_DAY], len(entries))}</section>"


def day(scene: Scene, drawer: EntryDrawer, day_: date, entries: Sequence[Entry], count: int) -> str:
    """A day with what is on it, line by line."""
    url = escape(scene.url(mode=DAY, day=day_.isoformat()))
    name = scene.holidays.get(day_)
    free = f'<span class="holiday">{escape(name)}</span>' if name else ""
    lines = "".join(drawer.line(entry) for entry in entries)
    if count > len(entries):
        number = write_number(count - len(entries), drawer.viewer)
        more = escape(_("+%(n)s more") % {"n": number})
        lines += f'<li><a class="more-ev" href="{url}">{more}</a></li>'
    if not count:
        lines = f'<li class="muted">{escape(_("Nothing is planned."))}</li>'
    heading = f'<h2><a href="{url}">{escape(drawer.day_name(day_))}</a>{free}</h2>'
    return f"{heading}<ol>{lines}</ol>"
