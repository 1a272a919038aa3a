"""Charts that lie: bars under their names, and the funnel."""

from collections.abc import Sequence
from functools import partial

from aperto.kernel.viewer import Viewer
from aperto.web.charts import svg
from aperto.web.charts.figures import Figures, Mark, Series
from aperto.web.charts.scale import Scale, scale_of

ROW, BAR = 44, 16
NAME = 48  # letters


def height(figures: Figures) -> int:
    return ROW * len(figures.drawn) + 4


def bars(figures: Figures) -> str:
    scale = scale_of([end for mark in figures.drawn for end in svg.ends(mark)])
    scale = Scale(scale.low, max(scale.high if scale.low else _most(figures), 1e-9), ())
    return "".join(_bar(mark, figures.series, scale, place * ROW) for place, mark in enumerate(figures.drawn))


def _most(figures: Figures) -> float:
    """The longest bar is as long as the page is wide."""
    return max(max(svg.ends(mark)) for mark in figures.drawn)


def _bar(mark: Mark, series: Sequence[Series], scale: Scale, y: float) -> str:
    head = svg.text(0, y + 14, svg.clipped(mark.label, NAME)) + svg.text(
        1, y + 14, mark.whole.text, "num", "end"
    )
    if mark.parts:
        head = svg.linked(mark.whole, svg.said(mark), head)
        draw = partial(_piece, scale, y + 20)
        return head + "".join(svg.stacked(mark, series, draw))
    look = 'class="one" rx="3"' + (f' data-hue="{mark.hue}"' if mark.hue else "")
    return svg.linked(
        mark.whole, svg.said(mark), head + _piece(scale, y + 20, 0, float(mark.whole.value or 0), look)
    )


def _piece(scale: Scale, y: float, start: float, value: float, look: str) -> str:
    first, last = scale.share(start), scale.share(start + value)
    return svg.rect(min(first, last), max(abs(last - first), 0.002), y, BAR, look)


def funnel(figures: Figures, viewer: Viewer) -> str:
    """Each step in the middle, and how much of the whole it is."""
    values = [max(float(mark.whole.value or 0), 0) for mark in figures.drawn]
    most, whole = max([*values, 0.0]) or 1.0, sum(values)
    pieces = []
    for place, (mark, value) in enumerate(zip(figures.drawn, values, strict=True)):
        share, y = value / most, place * ROW
        told = f"{mark.whole.text} ({svg.hundredths(value / whole, viewer)})" if whole else mark.whole.text
        head = svg.text(0, y + 14, svg.clipped(mark.label, NAME)) + svg.text(1, y + 14, told, "num", "end")
        look = 'class="one" rx="3"' + (f' data-hue="{mark.hue}"' if mark.hue else "")
        bar = svg.rect(0.5 - share / 2, max(share, 0.002), y + 20, BAR, look)
        pieces.append(svg.linked(mark.whole, f"{mark.label}: {told}", head + bar))
    return "".join(pieces)
