"""Events of one day beside each other where they overlap: each in a lane of its own, as wide as may be."""

from collections.abc import Sequence
from dataclasses import dataclass

SLOT = 5  # minutes of a row of the grid
SLOTS = 24 * 60 // SLOT
LEAST = 20 // SLOT  # what is shorter is drawn so long, that it can be read and touched
WIDTHS = (1, 2, 3, 4, 6)  # lanes into which the twelve columns of a day divide
COLUMNS = 12


@dataclass(frozen=True)
class Box:
    """Rows from `top` on, `rows` of them; the first of twelve columns, and how many."""

    top: int
    rows: int
    column: int
    columns: int


def boxes(times: Sequence[tuple[int, int]]) -> list[Box | None]:
    """A place for each (begin, end) in minutes of the day, in the order of their beginning; None for what
    finds no room beside six others."""
    spans = [_rows(begin, end) for begin, end in times]
    placed: list[Box | None] = []
    for group in _groups(spans):
        placed += _side_by_side(spans[group])
    return placed


def _rows(begin: int, end: int) -> tuple[int, int]:
    top = min(max(begin // SLOT, 0), SLOTS - LEAST)
    return top, min(max(-(-end // SLOT), top + LEAST), SLOTS)


def _groups(spans: Sequence[tuple[int, int]]) -> list[slice]:
    """Runs of spans that hang together by overlaps."""
    found, start, reached = [], 0, -1
    for place, (top, bottom) in enumerate(spans):
        if top >= reached and place > start:
            found.append(slice(start, place))
            start = place
        reached = max(reached, bottom) if place > start else bottom
    return [*found, slice(start, len(spans))] if spans else []


def _side_by_side(spans: Sequence[tuple[int, int]]) -> list[Box | None]:
    free: list[int] = []  # where each lane is free again
    lanes = []
    for top, bottom in spans:
        lane = next((n for n, until in enumerate(free) if until <= top), len(free))
        free[lane : lane + 1] = [bottom]
        lanes.append(lane)
    count = next((width for width in WIDTHS if width >= len(free)), WIDTHS[-1])
    width = COLUMNS // count
    return [
        Box(top, bottom - top, lane * width + 1, width) if lane < count else None
        for (top, bottom), lane in zip(spans, lanes, strict=True)
    ]
