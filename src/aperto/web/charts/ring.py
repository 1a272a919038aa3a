"""The ring: how much each group is of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from django.utils.translation import gettext as _

from aperto.kernel.viewer import Viewer
from aperto.web.charts import svg
from aperto.web.charts.figures import OTHERS, Figures, Mark, Part, Series, Teller, greatest
from aperto.web.people.looks import HUES

MOST = 7
SIZE, OUTER, INNER = 260, 120, 74


@dataclass(frozen=True)
class Slice:
    mark: Mark
    look: Series


def slices(figures: Figures, teller: Teller) -> list[Slice]:
    """The greatest groups in their order; the others together. What is not above nought is no part of it."""
    found = [mark for mark in figures.marks if (mark.whole.value or 0) > 0]
    shown = found
    if len(found) > MOST + 1:
        shown = greatest(found, lambda mark: mark.whole.value, MOST)
        kept = {id(mark) for mark in shown}
        rest = _total([mark for mark in found if id(mark) not in kept])
        shown.append(Mark(_("Others"), Part(rest, teller.text(rest))))
    hues = [*HUES[: len(shown) - 1], OTHERS] if len(shown) > MOST else HUES
    return [Slice(mark, Series(mark.label, hue)) for mark, hue in zip(shown, hues, strict=False)]


def ring(parts: Sequence[Slice], viewer: Viewer) -> str:
    total = _total([each.mark for each in parts])
    pieces, start = [], 0.0
    for n, each in enumerate(parts):
        share = float((each.mark.whole.value or Decimal(0)) / total)
        words = f"{svg.said(each.mark)} ({svg.hundredths(share, viewer)})"
        inner = f'<path d="{_arc(start, start + share)}" {svg.fill(n)} fill-rule="evenodd"/>'
        pieces.append(svg.linked(each.mark.whole, words, inner))
        start += share
    half = SIZE // 2
    return f'<svg x="50%" overflow="visible"><g transform="translate(0 {half})">{"".join(pieces)}</g></svg>'


def _total(marks: Sequence[Mark]) -> Decimal:
    return sum((mark.whole.value or Decimal(0) for mark in marks), Decimal(0))


def _arc(start: float, end: float) -> str:
    """A piece of the ring; the whole of it is drawn as two circles."""
    if end - start > 0.9999:
        return "".join(f"M0-{r}A{r} {r} 0 1 1-.01-{r}z" for r in (OUTER, INNER))
    long = int(end - start > 0.5)
    (x1, y1), (x2, y2) = _at(start, OUTER), _at(end, OUTER)
    (x3, y3), (x4, y4) = _at(end, INNER), _at(start, INNER)
    return (
        f"M{x1:.2f} {y1:.2f}A{OUTER} {OUTER} 0 {long} 1 {x2:.2f} {y2:.2f}"
        f"L{x3:.2f} {y3:.2f}A{INNER} {INNER} 0 {long} 0 {x4:.2f} {y4:.2f}z"
    )


def _at(share: float, radius: int) -> tuple[float, float]:
    angle = 2 * pi * share - pi / 2
    return radius * cos(angle), radius * sin(angle)
