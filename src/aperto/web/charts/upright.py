"""Charts that stand upright: columns over time, and lines."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape
from math import ceil

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal
from django.utils.translation import gettext as _

from aperto.kernel.viewer import Viewer
from aperto.web.charts import svg
from aperto.web.charts.figures import Figures, Mark, Part, Series
from aperto.web.charts.scale import Scale, scale_of

TOP, PLOT, BELOW = 18, 240, 30
HEIGHT = TOP + PLOT + BELOW
GAP = 0.22  # of the room of a column stays free
WIDE, NARROW = 12, 5  # labels that stand beside each other
SHAPES = ("M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0z", "M-4-4H4V4H-4z", "M0-5 5 0 0 5-5 0z", "M0-5 5 4H-5z")
SKELETONS = {"day": "MMMd", "month": "yMMM", "quarter": "yQQQ"}


def columns(figures: Figures, viewer: Viewer) -> str:
    ends = [end for mark in figures.drawn for end in svg.ends(mark)]
    scale = scale_of(ends, whole=figures.asked.measure is None)
    room = 1 / max(len(figures.drawn), 1)
    pieces = [_grid(scale, viewer)]
    for place, mark in enumerate(figures.drawn):
        x, width = (place + GAP / 2) * room, (1 - GAP) * room
        if mark.parts:
            pieces += svg.stacked(mark, figures.series, partial(_column, scale, x, width))
        elif mark.whole.value is not None:
            column = _column(scale, x, width, 0, float(mark.whole.value))
            pieces.append(svg.linked(mark.whole, svg.said(mark), column))
    return "".join([*pieces, _labels(figures, viewer)])


def _column(
    scale: Scale, x: float, width: float, start: float, value: float, look: str = 'class="one" rx="2"'
) -> str:
    first, last = _y(scale, start), _y(scale, start + value)
    return svg.rect(x, width, min(first, last), max(abs(first - last), 1), look)


def _y(scale: Scale, value: float) -> float:
    return TOP + PLOT * (1 - scale.share(value))


def _grid(scale: Scale, viewer: Viewer) -> str:
    """Lines at round numbers, each with its number above its beginning."""
    locale = Locale.parse(viewer.locale)
    pieces = []
    for tick in scale.ticks:
        y = _y(scale, tick)
        kind = ' class="nought"' if tick == 0 else ""
        pieces.append(f'<line x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"{kind}/>')
        if tick:
            number = format_compact_decimal(tick, locale=locale, fraction_digits=1)
            pieces.append(svg.text(0, y - 4, number, "tick"))
    return f'<g class="grid-lines" aria-hidden="true">{"".join(pieces)}</g>'


def _labels(figures: Figures, viewer: Viewer) -> str:
    """What stands below; where there are many, every second or third, and fewer on a narrow page."""
    count = len(figures.drawn)
    every, seldom = ceil(count / WIDE), ceil(count / NARROW)
    pieces = []
    for place, mark in enumerate(figures.drawn):
        if place % every and place % seldom:
            continue
        kind = "" if place % seldom == 0 else "wide-only"
        kind = kind or ("" if place % every == 0 else "narrow-only")
        words = svg.clipped(short(mark, figures.asked.by.unit, viewer), 14)
        anchor, x = ("start", 0.0) if place == 0 and count > NARROW else ("middle", (place + 0.5) / count)
        pieces.append(svg.text(x, HEIGHT - 10, words, kind, anchor))
    return f'<g class="labels" aria-hidden="true">{"".join(pieces)}</g>'


def short(mark: Mark, unit: str, viewer: Viewer) -> str:
    """A period in few letters."""
    if unit == "week" and isinstance(mark.first, date):
        return _("W%(week)s") % {"week": mark.first.isocalendar().week}
    if unit not in SKELETONS or not isinstance(mark.first, date):
        return mark.label
    locale = Locale.parse(viewer.locale)
    skeleton = locale.datetime_skeletons.get(SKELETONS[unit])
    return format_date(mark.first, skeleton.pattern if skeleton else "d MMM", locale=locale)


# -- lines -------------------------------------------------------------------------------------------


def lines(figures: Figures, viewer: Viewer) -> str:
    rows = _rows(figures)
    values = [part.value for _series, parts in rows for part in parts if part.value is not None]
    scale = scale_of(values, whole=figures.asked.measure is None)
    pieces = [_grid(scale, viewer)]
    for n, (series, parts) in enumerate(rows):
        pieces.append(_line(figures.drawn, n, series, parts, scale))
    return "".join([*pieces, _labels(figures, viewer)])


def _rows(figures: Figures) -> list[tuple[Series | None, list[Part]]]:
    if not figures.series:
        return [(None, [mark.whole for mark in figures.drawn])]
    return [(series, [mark.parts[n] for mark in figures.drawn]) for n, series in enumerate(figures.series)]


def _line(marks: Sequence[Mark], n: int, series: Series | None, parts: Sequence[Part], scale: Scale) -> str:
    """Strokes between neighbours, which are left out where a number is missing; then the points as links."""
    places = [(place + 0.5) / len(marks) for place in range(len(marks))]
    heights = [None if part.value is None else _y(scale, float(part.value)) for part in parts]
    strokes, points = [], []
    for place, (x, y) in enumerate(zip(places, heights, strict=True)):
        if y is None:
            continue
        before = heights[place - 1] if place else None
        if before is not None:
            strokes.append(
                f'<line x1="{svg.percent(places[place - 1])}" x2="{svg.percent(x)}"'
                f' y1="{before:.1f}" y2="{y:.1f}"/>'
            )
        shape = SHAPES[n % len(SHAPES)]
        point = f'<svg x="{svg.percent(x)}" y="{y:.1f}" overflow="visible"><path d="{shape}"/></svg>'
        points.append(svg.linked(parts[place], svg.said(marks[place], parts[place], series), point))
    hue = escape(series.hue if series else "teal")
    return f'<g class="row n{n % 4}" data-hue="{hue}">{"".join(strokes)}{"".join(points)}</g>'
