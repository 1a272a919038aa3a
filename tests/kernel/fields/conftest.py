"""Fixtures that give every kind of field, in both storages."""

from typing import Any

import pytest

from aperto.kernel.fields import Field
from tests.kernel.fields.rows import ALL, COUNT, MODELS, STORED, keep, places


def picked(request: pytest.FixtureRequest) -> Field:
    stored, key = request.param
    return MODELS[stored].own_fields[key]


chosen = pytest.fixture(picked, name="chosen")


@pytest.fixture(params=places(ALL))
def field(request: pytest.FixtureRequest) -> Field:
    """Each field of both objects."""
    return picked(request)


@pytest.fixture(params=places(STORED))
def kept(request: pytest.FixtureRequest) -> Field:
    """Each field that is kept inside the row."""
    return picked(request)


@pytest.fixture
def filled(kept: Field, db: None) -> list[Any]:
    """Rows with a dozen samples, one of them twice, and one row without a value; the values of the rows."""
    values = [kept.sample(number) for number in range(COUNT)] + [kept.sample(0), None]
    keep(kept, values)
    return values
