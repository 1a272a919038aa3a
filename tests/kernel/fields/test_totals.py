"""Sums, means, bounds and counts agree with Python, in both storages."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.viewer import Viewer
from tests.fakes.models import Gadget
from tests.kernel.fields.rows import keep, total
from tests.kernel.fields.subjects import subject

PYTHON: dict[str, Callable[[Sequence[Any]], Any]] = {
    "sum": sum,
    "mean": lambda values: sum(values) / Decimal(len(values)),
    "min": min,
    "max": max,
}


def test_totals_agree_with_python(kept: Field, filled: list[Any]) -> None:
    for name in set(kept.aggregates) & set(PYTHON):
        raw = total(kept, name)

        subjects = [subject(kept, value) for value in filled if value is not None]
        expected = PYTHON[name](subjects)
        found = kept.aggregated(name, raw)
        assert found == (
            expected
            if name != "mean"
            else pytest.approx(expected, abs=Decimal("0.5" if kept.kind == "duration" else "0.01"))
        ), name
        assert type(found) in (type(subjects[0]), Decimal if name == "mean" else type(subjects[0]))


def test_counts_agree_with_python(kept: Field, filled: list[Any]) -> None:
    values = [value for value in filled if value is not None]
    expected = {"filled": len(values), "empty": 1, "distinct": len({repr(value) for value in values})}
    for name in set(kept.aggregates) & set(expected):
        raw = total(kept, name)

        assert kept.aggregated(name, raw) == expected[name], name


def test_totals_of_nothing(kept: Field, db: None) -> None:
    for name in kept.aggregates:
        raw = total(kept, name)

        assert kept.aggregated(name, raw) == (0 if name in ("filled", "empty", "distinct") else None)
        assert kept.aggregate_text(name, raw, Viewer()) == (
            "0" if name in ("filled", "empty", "distinct") else ""
        )


def test_unknown_totals_are_refused(kept: Field) -> None:
    with pytest.raises(FieldError):
        kept.aggregate("mode")


def test_totals_read_well(db: None) -> None:
    viewer = Viewer(language="nl", country="NL", currency="EUR")
    kinds = ("money", "percent", "duration", "decimal", "date")
    for kind in kinds:
        keep(Gadget.own_fields[kind], [Gadget.own_fields[kind].sample(n) for n in (1, 2)])

    def shown(kind: str, name: str) -> str:
        field = Gadget.own_fields[kind]
        return field.aggregate_text(name, total(field, name), viewer).replace("\u00a0", " ")

    assert [shown("money", "sum"), shown("percent", "mean"), shown("duration", "sum")] == [
        "€ 382,50",
        "10,5%",
        "4 min 30 s",
    ]
    assert [shown("decimal", "mean"), shown("date", "max"), shown("date", "filled")] == [
        "0,11",
        "4 feb 2025",
        "2",
    ]
