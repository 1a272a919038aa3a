"""Bars of one lane in rows below each other, so that neither they nor their names cover one another."""

from collections.abc import Sequence
from dataclasses import dataclass

NAME = 0.17  # of the width that a name beside its bar takes
INSIDE = 0.11  # a bar as wide as this holds its name
LEAST = 0.004  # what is shorter is drawn so long, that it can be seen


@dataclass(frozen=True)
class Place:
    """Shares of the width: of the bar, and of its name. `row` counts from the top."""

    row: int
    start: float
    width: float
    name: float
    name_width: float

    @property
    def names_within(self) -> bool:
        return self.name == self.start

    @property
    def names_before(self) -> bool:
        return self.name < self.start


def packed(spans: Sequence[tuple[float, float]], most: int) -> list[Place | None]:
    """A place for each (start, end) in the order of their starts; None for what finds no row."""
    free: list[float] = []  # where each row is free again
    found: list[Place | None] = []
    for start, end in spans:
        begin, width, name, name_width = _shape(start, end)
        left, right = min(begin, name), max(begin + width, name + name_width)
        row = next((n for n, until in enumerate(free) if until <= left), len(free))
        if row >= most:
            found.append(None)
            continue
        free[row : row + 1] = [right]
        found.append(Place(row, begin, width, name, name_width))
    return found


def _shape(start: float, end: float) -> tuple[float, float, float, float]:
    """Where the bar and its name lie: within it, after it, or before it at the end of the window."""
    begin = min(max(start, 0.0), 1.0 - LEAST)
    width = max(min(end, 1.0) - begin, LEAST)
    if width >= INSIDE:
        return begin, width, begin, width
    after = begin + width
    return (begin, width, after, NAME) if after + NAME <= 1 else (begin, width, begin - NAME, NAME)
