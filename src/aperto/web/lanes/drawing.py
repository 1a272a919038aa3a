"""A lane as a picture, and as a list for narrow pages. Sideways all is a share of the width; every text is
escaped here."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.calendar.entries import Entry
from aperto.kernel.fields.formats.patterns import patterns
from aperto.kernel.fields.formats.times import write_time
from aperto.web.calendar.marks import Mark, marker
from aperto.web.charts.svg import clipped, percent
from aperto.web.lanes.asked import Asked
from aperto.web.lanes.lanes import Lane, is_point
from aperto.web.lanes.packing import Place
from aperto.web.lanes.window import Window

ROW, BAR, PAD, AXIS = 28, 22, 6, 26
BASE = 15  # of a text, below the top of its bar
LETTERS = 190  # of a name that had the whole width
POINT = "M0-7 7 0 0 7-7 0z"
NARROW = 0.055  # what a tick needs for its name
MEDIUM_TICKS = 5  # as many have room for their names on any page


class Drawer:
    def __init__(self, asked: Asked, window: Window) -> None:
        self.window, self.viewer = window, window.viewer
        self.mark, self.tinted = marker(asked.colour, asked.tint), asked.colour != "object"
        self.key = asked.axis.declaration.key
        self.today = window.share(self.viewer.now())
        self.ticks = list(window.ticks())
        self.nameless = _("Without a name")

    # -- the picture ---------------------------------------------------------------------------------

    def axis(self) -> SafeString:
        """What the days, weeks or months are called, and where today is."""
        pieces, following = [], [share for share, _label in self.ticks[1:]] + [1.0]
        for n, (share, label) in enumerate(self.ticks):
            if following[n] - share < NARROW:
                continue
            seldom = n % 2 and len(self.ticks) > MEDIUM_TICKS
            kind = "tick seldom" if seldom else "tick"
            pieces.append(f'<text class="{kind}" x="{percent(share)}" dx="4" y="18">{escape(label)}</text>')
        return self._picture(AXIS, "".join([self._today(), *pieces]), ' aria-hidden="true"')

    def lane(self, lane: Lane) -> SafeString:
        inner = "".join(self._entry(entry, place) for entry, place in lane.drawn)
        return self._picture(lane.rows * ROW + 2 * PAD - (ROW - BAR), self._lines() + inner, ' role="group"')

    def _picture(self, height: int, inner: str, extra: str) -> SafeString:
        return mark_safe(  # noqa: S308 - escaped piece by piece
            f'<svg class="tl" width="100%" height="{height}" focusable="false"{extra}>{inner}</svg>'
        )

    def _lines(self) -> str:
        lines = [f'<line x1="{percent(x)}" x2="{percent(x)}" y1="0" y2="100%"/>' for x, _label in self.ticks]
        return f'<g class="grid-lines" aria-hidden="true">{"".join(lines)}{self._today()}</g>'

    def _today(self) -> str:
        if not 0 <= self.today <= 1:
            return ""
        x = percent(self.today)
        title = f"<title>{escape(_('Today'))}</title>"
        return f'<line class="today" x1="{x}" x2="{x}" y1="0" y2="100%">{title}</line>'

    def _entry(self, entry: Entry, place: Place) -> str:
        row, mark = entry.row, self.mark(entry)
        assert row is not None
        said = escape(self.said(entry, mark))
        y = PAD + place.row * ROW
        body = self._body(entry, place, y) + self._name(entry, mark, place, y)
        return (
            f'<a href="/{self.key}/{row.id}" data-hue="{mark.hue}" aria-label="{said}">'
            f"<title>{said}</title>{body}</a>"
        )

    def _body(self, entry: Entry, place: Place, y: int) -> str:
        x = percent(place.start)
        if is_point(entry):
            point = f'<path class="point" d="{POINT}"/>'
            return f'<svg x="{x}" y="{y + BAR / 2:.0f}" overflow="visible">{point}</svg>'
        width = percent(place.width)
        bar = f'<rect class="bar" x="{x}" y="{y}" width="{width}" height="{BAR}" rx="4"/>'
        edge = f'<rect class="edge" x="{x}" y="{y}" width="3" height="{BAR}"/>'
        return bar + (edge if entry.first >= self.window.first and place.names_within else "")

    def _name(self, entry: Entry, mark: Mark, place: Place, y: int) -> str:
        """Within the bar, or beside it; what is too long for its room is cut off."""
        words = escape(clipped(self.words(entry, mark), max(int(place.name_width * LETTERS), 4)))
        x, width = percent(max(place.name, 0)), percent(place.name_width)
        at = 'x="100%" dx="-10" text-anchor="end"' if place.names_before else 'x="0" dx="10"'
        kind = "" if place.names_within else ' class="beside"'
        text = f'<text{kind} {at} y="{BASE}">{words}</text>'
        return f'<svg class="name" x="{x}" y="{y}" width="{width}" height="{BAR}">{text}</svg>'

    # -- the list ------------------------------------------------------------------------------------

    def lines(self, lane: Lane) -> SafeString:
        return mark_safe("".join(self._line(entry) for entry, _place in lane.drawn))  # noqa: S308 - as above

    def _line(self, entry: Entry) -> str:
        row, mark = entry.row, self.mark(entry)
        assert row is not None
        word = f'<span class="muted">{escape(mark.word)}</span>' if mark.word and self.tinted else ""
        title = escape(row.title or self.nameless)
        return (
            f'<li data-hue="{mark.hue}"><a href="/{self.key}/{row.id}"><span class="t">{title}</span>{word}'
            f'<span class="when">{escape(self.when(entry))}</span></a></li>'
        )

    # -- words ---------------------------------------------------------------------------------------

    def words(self, entry: Entry, mark: Mark) -> str:
        title = (entry.row.title if entry.row else "") or self.nameless
        return f"{title} · {mark.word}" if mark.word and self.tinted else title

    def said(self, entry: Entry, mark: Mark) -> str:
        """All of it in words: its name, when, whose or in which stage."""
        title = (entry.row.title if entry.row else "") or self.nameless
        return ", ".join(filter(None, [title, self.when(entry), mark.word]))

    def when(self, entry: Entry) -> str:
        known = patterns(self.viewer.locale)
        if entry.first != entry.last:
            return f"{known.date(entry.first)} – {known.date(entry.last)}"
        if entry.whole_days:
            return known.date(entry.first)
        clocks = [write_time(each.astimezone(self.viewer.zone).replace(second=0), self.viewer)
                  for each in dict.fromkeys((entry.begins, entry.ends))]  # fmt: skip
        return f"{known.date(entry.first)} {' – '.join(clocks)}"


def drawn(asked: Asked, window: Window, lanes: Sequence[Lane]) -> dict[str, object]:
    drawer = Drawer(asked, window)
    return {
        "axis": drawer.axis(),
        "lanes": [(lane, drawer.lane(lane), drawer.lines(lane)) for lane in lanes],
    }
