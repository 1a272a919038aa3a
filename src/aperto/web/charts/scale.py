"""Where numbers stand between the ends of a chart, and the round numbers that its lines name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

STEPS = (1, 2, 2.5, 5, 10)
LINES = 4


@dataclass(frozen=True)
class Scale:
    """From `low`, at most nought, to `high`; `ticks` are the numbers of its lines."""

    low: float
    high: float
    ticks: Sequence[float]

    def share(self, value: Decimal | float) -> float:
        """How far along the scale it stands, from 0 to 1."""
        return (float(value) - self.low) / (self.high - self.low)


def scale_of(values: Iterable[Decimal | float], whole: bool = False) -> Scale:
    """Wide enough for all; steps of whole numbers where nothing lies between them."""
    numbers = [float(each) for each in values]
    least, most = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    step = _step((most - least) / LINES or 1, whole)
    first, last = floor(least / step), ceil(most / step) or 1
    return Scale(first * step, last * step, [each * step for each in range(first, last + 1)])


def _step(width: float, whole: bool) -> float:
    """The round number next above the width."""
    size = 10.0 ** floor(log10(width))
    step = next(size * each for each in STEPS if size * each >= width * 0.999)
    return max(1.0, ceil(step)) if whole and step < 10 else step
