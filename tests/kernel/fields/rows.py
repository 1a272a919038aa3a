"""Rows of the invented objects with values of one field."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import Q

from aperto.kernel.fields import Field
from aperto.kernel.objects.record import Record
from tests.fakes.models import Gadget, Gizmo

MODELS = {"column": Gadget, "json": Gizmo}
ALL = sorted(Gadget.own_fields)
STORED = [key for key in ALL if not Gadget.own_fields[key].stored_elsewhere]
COUNT = 12


def places(keys: Sequence[str]) -> list[Any]:
    return [pytest.param((stored, key), id=f"{key}-{stored}") for stored in MODELS for key in keys]


def of_kinds(*keys: str) -> pytest.MarkDecorator:
    """Gives the test `chosen`: these fields, in both storages."""
    return pytest.mark.parametrize("chosen", places(keys), indirect=True)


def keep(field: Field, values: Sequence[Any]) -> None:
    rows: list[Record] = []
    for number, value in enumerate(values):
        row = field.owner(version=number)
        field.set(row, value)
        rows.append(row)
    field.owner._default_manager.bulk_create(rows)


def numbers(field: Field, condition: Q) -> list[int]:
    """The rows that fulfil the condition, by their place in what was kept."""
    rows = field.owner._default_manager.filter(condition).order_by("version")
    return list(rows.values_list("version", flat=True))


def total(field: Field, name: str) -> Any:
    return field.owner._default_manager.aggregate(total=field.aggregate(name))["total"]
