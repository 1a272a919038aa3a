"""Pieces of the pictures. What lies sideways is a share of the width, so that a picture fits any page and its
words keep their size; every text is escaped here.
"""

from collections.abc import Callable, Sequence
from html import escape

from babel.numbers import format_percent

from aperto.kernel.viewer import Viewer
from aperto.web.charts.figures import Mark, Part, Series

PATTERNS = (
    "",
    "M0 8 8 0M-2 2 2-2M6 10 10 6",
    "M0 4H8",
    "M4 0V8",
    "M0 0 8 8M-2 6 2 10M6-2 10 2",
    "M0 4H8M4 0V8",
    "M2 2h1v1h-1zM6 6h1v1h-1z",
    "M0 2H8M0 6H8",
)


def picture(title: str, words: str, height: int, inner: str, kind: str) -> str:
    """A picture with its name and a sentence on what it shows, for whoever does not see it."""
    return (
        f'<svg class="chart {kind}" role="group" aria-labelledby="chart-title chart-words" width="100%"'
        f' height="{height}" focusable="false"><title id="chart-title">{escape(title)}</title>'
        f'<desc id="chart-words">{escape(words)}</desc>{inner}</svg>'
    )


def patterns(hues: Sequence[str]) -> str:
    """A fill for each series, told apart by its lines as well as by its colour."""
    made = [
        f'<pattern id="fill-{n}" data-hue="{escape(hue)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8"/><path d="{PATTERNS[n % len(PATTERNS)]}"/></pattern>'
        for n, hue in enumerate(hues)
    ]
    return f"<defs>{''.join(made)}</defs>"


def fill(n: int) -> str:
    return f'fill="url(#fill-{n})"'


def linked(part: Part, words: str, inner: str) -> str:
    """Drawn pieces that lead to the list behind them; a plain group where there is none."""
    said = escape(words)
    if not part.url:
        return f"<g><title>{said}</title>{inner}</g>"
    return f'<a href="{escape(part.url)}" aria-label="{said}"><title>{said}</title>{inner}</a>'


def said(mark: Mark, part: Part | None = None, series: Series | None = None) -> str:
    """ "Discovery: 12", "Discovery, Cas: 3"."""
    name = f"{mark.label}, {series.label}" if series else mark.label
    return f"{name}: {(part or mark.whole).text}"


def ends(mark: Mark) -> list[float]:
    """How far a mark reaches up, and down."""
    values = [float(part.value or 0) for part in mark.parts or (mark.whole,)]
    return [sum(each for each in values if each > 0), sum(each for each in values if each < 0)]


def stacked(mark: Mark, series: Sequence[Series], draw: Callable[[float, float, str], str]) -> list[str]:
    """The parts one upon the other, those below nought downwards; `draw` is given where a part begins, how
    long it is, and its fill."""
    up = down = 0.0
    pieces = []
    for n, (part, each) in enumerate(zip(mark.parts, series, strict=True)):
        value = float(part.value or 0)
        if not value:
            continue
        inner = draw(up if value > 0 else down, value, fill(n))
        pieces.append(linked(part, said(mark, part, each), inner))
        up, down = (up + value, down) if value > 0 else (up, down + value)
    return pieces


def percent(share: float) -> str:
    return f"{share * 100:.3f}".rstrip("0").rstrip(".") + "%"


def hundredths(share: float, viewer: Viewer) -> str:
    return str(format_percent(share, locale=viewer.locale))


def rect(x: float, width: float, y: float, height: float, attributes: str) -> str:
    """`x` and `width` are shares, `y` and `height` lengths."""
    return (
        f'<rect x="{percent(x)}" width="{percent(max(width, 0))}" y="{y:.1f}" height="{max(height, 0):.1f}"'
        f" {attributes}/>"
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    return (
        f'<text x="{percent(x)}" y="{y:.1f}" text-anchor="{anchor}"{kind and f' class="{kind}"'}>'
        f"{escape(words)}</text>"
    )


def clipped(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
