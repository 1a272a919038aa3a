"""The same formula gives the same value in Python and in the database, on either engine and storage."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel.fields import Field, Ref
from aperto.kernel.fields.formats.numbers import half_up
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.objects.record import Record
from tests.kernel.formula.random_formulas import formulas, records
from tests.kernel.formula.subjects import in_sql, seen, store

REFUSED = ("too involved", "always empty", "many figures", "levels deep", "in a row", "at most")


@pytest.mark.django_db
@pytest.mark.parametrize("object_key", ["gadget", "gizmo"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=formulas(), values=records(), behind=records(), points=st.booleans())
def test_python_and_sql_agree(
    object_key: str, text: str, values: dict[str, Any], behind: dict[str, Any], points: bool
) -> None:
    parent = store("gadget", **behind)
    record = store(object_key, **values, parent=Ref("gadget", parent.pk) if points else None)
    try:
        field = seen(text, record.declares, digits=4)
    except FormulaError as error:
        assert any(words in str(error.message) for words in REFUSED), (text, error.message)
        return

    compare(field, record, text)


def compare(field: Field, record: Record, text: str) -> None:
    value = field.get(fresh(record))
    if field.kind == "money":
        expected = (None, None, None) if value is None else (value.amount, value.currency, value.base)
        for suffix, part in zip(("", "_currency", "_base"), expected, strict=True):
            assert same(in_sql(field, record, suffix), 4) == part, (text, suffix)
    else:
        digits = getattr(field, "digits", 0)
        assert same(in_sql(field, record), digits) == value, text


def same(found: Any, digits: int) -> Any:
    """A number of the database as a decimal: SQLite has floating ones, of which fifteen figures count."""
    if isinstance(found, bool) or not isinstance(found, float | Decimal):
        return found
    return half_up(Decimal(str(found)), digits)


def fresh(record: Record) -> Record:
    return type(record)._default_manager.get(pk=record.pk)
