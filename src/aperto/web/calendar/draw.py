"""An entry of a calendar as HTML, written like the cells of a list. Texts are escaped here."""

from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.calendar.entries import Entry
from aperto.kernel.fields.formats.patterns import patterns
from aperto.kernel.fields.formats.times import write_time
from aperto.web.calendar.scene import Scene
from aperto.web.calendar.sides import SLOT, Box
from aperto.web.calendar.words import day_name

HOUR = 60 // SLOT


class EntryDrawer:
    """Draws the entries of one scene; `filled` has read what they show."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.viewer = scene, scene.actor.viewer
        self.zone, self.today = self.viewer.zone, self.viewer.now().date()
        self.moves = {id(lot): scene.may_move(lot) for lot in scene.lots}
        self.nameless = _("Without a name")
        self.ended = _("Done")

    def chip(self, entry: Entry, day: date) -> str:
        """In a month and among whole days: one line, with the time where it begins on this day."""
        clock = "" if entry.whole_days or entry.first != day else self.clock(entry.begins)
        time = f"<time>{escape(clock)}</time>" if clock else ""
        kind = " whole" if entry.whole_days or entry.first != entry.last else ""
        kind += " from" if entry.first < day else ""
        kind += " on" if entry.last > day else ""
        return self._drawn(entry, f"chip-ev{kind}", time, "")

    def block(self, entry: Entry, box: Box, day: date) -> str:
        """In the hours of a day: as high as it lasts."""
        time = f"<time>{escape(self.times(entry))}</time>"
        kind = "block" + (" low" if box.rows <= 6 else "")
        stretch = " data-stretch" if entry.lot.axis.stretchable and entry.last == day else ""
        return self._drawn(entry, kind, time, place(box.top, box.top + box.rows, box) + stretch)

    def line(self, entry: Entry) -> str:
        """In an agenda: with a column for its times."""
        times = _("All day") if entry.whole_days else self.times(entry)
        return f'<li><span class="when">{escape(times)}</span>{self._drawn(entry, "line-ev", "", "")}</li>'

    def _drawn(self, entry: Entry, kind: str, time: str, extra: str) -> str:
        row = entry.row
        assert row is not None
        mark, title = self.scene.mark(entry), escape(row.title or self.nameless)
        declaration = entry.lot.axis.declaration
        word = f'<span class="word">{escape(mark.word)}</span>' if mark.word and self.scene.tinted else ""
        said = escape(self.said(entry, mark.word))
        done = " done" if self.is_done(entry) else ""
        drag = self._drag(entry) if self.moves[id(entry.lot)] else ""
        return (
            f'<a class="ev {kind}{done}" data-hue="{mark.hue}" href="/{declaration.key}/{row.id}"'
            f' aria-label="{said}" title="{said}"{extra}{drag}>'
            f'{mark.sign}{time}<span class="t">{title}</span>{word}</a>'
        )

    def _drag(self, entry: Entry) -> str:
        row = entry.row
        assert row is not None
        begins, ends, axis = self.local(entry.begins), self.local(entry.ends), entry.lot.axis
        return (
            f' data-move="/{axis.declaration.key}/calendar/move/{row.id}" data-version="{row.version}"'
            f' data-begins="{begins}" data-ends="{ends}" data-field="{axis.begins.key}"'
        )

    def local(self, value: Any) -> str:
        """As the clock on the viewer's wall says it."""
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")
        return str(value)

    # -- words ---------------------------------------------------------------------------------------

    def said(self, entry: Entry, word: str) -> str:
        """All of it in words: kind, title, when, whose or in which stage, and whether it is over."""
        row = entry.row
        assert row is not None
        kind = str(entry.lot.axis.declaration.label)
        pieces = [f"{kind}: {row.title or self.nameless}", self.when(entry)]
        pieces += [word] if word else []
        pieces += [self.ended] if self.is_done(entry) else []
        return ", ".join(pieces)

    def when(self, entry: Entry) -> str:
        known = patterns(self.viewer.locale)
        if entry.first == entry.last:
            day = known.weekday(entry.first)
            return day if entry.whole_days else f"{day} {self.times(entry)}"
        return f"{known.weekday(entry.first)} – {known.weekday(entry.last)}"

    def times(self, entry: Entry) -> str:
        begin = self.clock(entry.begins)
        return begin if entry.ends <= entry.begins else f"{begin} – {self.clock(entry.ends)}"

    def clock(self, moment: datetime) -> str:
        return write_time(moment.astimezone(self.zone).replace(second=0), self.viewer)

    def is_done(self, entry: Entry) -> bool:
        activity = entry.lot.axis.declaration.activity
        return bool(activity and activity.done and entry.row and entry.row.values.get(activity.done))

    def day_name(self, day: date) -> str:
        return day_name(day, self.viewer.locale)

    @cached_property
    def hours(self) -> list[str]:
        """What the clock says at each hour."""
        return [write_time(datetime(2000, 1, 1, hour), self.viewer) for hour in range(24)]


def place(top: int, bottom: int, box: Box | None = None) -> str:
    """Where something stands among the hours of a day, in the words of calendar-slots.css."""
    beside = f' data-x="{box.column}" data-w="{box.columns}"' if box else ""
    return (
        f' data-h="{top // HOUR}" data-m="{top % HOUR}"'
        f' data-eh="{bottom // HOUR}" data-em="{bottom % HOUR}"{beside}'
    )
