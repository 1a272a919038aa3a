"""Formulas leave harmless and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aperto.transfer.injection import harmless, original

FORMULAS = [
    '=1+1', '=HYPERLINK(1)', "+cmd|' /C calc'!A0", '-2+3+cmd|x', '@SUM(1)', '\t=1', '\r=1', "'=1", "''+x",
    '-', '+1(2)', '+31 (CMD)',
]  # fmt: skip
PLAIN = [
    '', 'Jan', '-12.50', '+5', '-1,234.56 EUR', '12 %', '+31612345678', '+31 6 12 34 56 78',
    "'s-Gravenhage", '+31105550142 (work); +31612345678 ext 12 (mobile)', 'a=b', 'x@y.example',
    '2025-01-01', "'t Hof",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_formula_is_marked_as_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert original(harmless(cell)) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_what_does_not_run_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
    assert original(cell) == cell


@given(st.text(alphabet="'=+-@\t\r\n1 a|(;", max_size=12) | st.text(max_size=20))
def test_nothing_is_lost(cell: str) -> None:
    assert original(harmless(cell)) == cell
    assert harmless(cell)[:1] not in tuple("=@\t\r\n")
