"""Overlapping events beside each other: no two share a place, and alone one has the whole width."""

from random import Random

import pytest

from aperto.web.calendar.sides import COLUMNS, SLOTS, Box, boxes


def cells(box: Box) -> set[tuple[int, int]]:
    rows, columns = range(box.top, box.top + box.rows), range(box.column, box.column + box.columns)
    return {(row, column) for row in rows for column in columns}


@pytest.mark.parametrize("seed", range(20))
def test_no_two_share_a_place(seed: int) -> None:
    chance = Random(seed)
    pairs = [(chance.randint(0, 1439), chance.randint(0, 1440)) for _each in range(chance.randint(1, 25))]
    taken: set[tuple[int, int]] = set()
    for box in boxes(sorted((min(pair), max(pair)) for pair in pairs)):
        if box is None:
            continue
        assert 0 <= box.top < box.top + box.rows <= SLOTS and 1 <= box.column <= COLUMNS + 1 - box.columns
        assert not taken & cells(box)
        taken |= cells(box)


def test_alone_has_all_of_the_width_and_the_seventh_finds_no_room() -> None:
    assert boxes([(0, 60), (60, 120)]) == [Box(0, 12, 1, 12), Box(12, 12, 1, 12)]
    assert [box and box.columns for box in boxes([(0, 60)] * 7)] == [2] * 6 + [None]
    assert boxes([]) == []
