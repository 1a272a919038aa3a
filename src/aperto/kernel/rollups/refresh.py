"""Writes what roll-ups are now into the rows, and nothing else of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.reach import table
from aperto.kernel.rollups.check import check
from aperto.kernel.rollups.reckon import values

BATCH = 500


def roll_ups() -> Iterator[tuple[ObjectType, RollUp]]:
    """Every roll-up that fits the objects as they are shaped now; one that does not is left alone."""
    for declaration in registry:
        for field in declaration.fields.values():
            if isinstance(field, RollUp) and is_sound(field, declaration):
                yield declaration, field


def is_sound(field: RollUp, declaration: ObjectType) -> bool:
    try:
        check(field, declaration)
    except FieldError:
        return False
    return True


def refresh(declaration: ObjectType, field: RollUp, records: Iterable[UUID]) -> int:
    """Reckons the roll-up of these records anew; returns how many rows said something else before."""
    keys = sorted(set(records))
    batches = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return sum(_refresh(declaration, field, batch) for batch in batches)


def _refresh(declaration: ObjectType, field: RollUp, keys: Sequence[UUID]) -> int:
    """Locked first and reckoned then, so that of two refreshes the later one sees all."""
    with transaction.atomic():
        rows = declaration.model.objects.filter(pk__in=keys).order_by("pk").select_for_update()
        held = list(rows.only("pk", "custom"))
        now = values(field, declaration, keys) if held else {}
        result = field.kept()
        changed = [row for row in held if _put(result, row, now.get(row.pk))]
        declaration.model.objects.bulk_update(changed, ["custom"])
    return len(changed)


def _put(result: Field, row: Any, value: Any) -> bool:
    before = dict(row.custom)
    result.set(row, value)
    return bool(row.custom != before)


def repair(object_key: str = "") -> dict[str, int]:
    """Reckons all roll-ups anew, of one object or of all: how many rows had drifted, by field."""
    drifted: dict[str, int] = {}
    for declaration, field in roll_ups():
        if object_key in ("", declaration.key):
            drifted[f"{declaration.key}.{field.key}"] = sum(
                refresh(declaration, field, keys) for keys in _batches(declaration)
            )
    return drifted


def _batches(declaration: ObjectType) -> Iterator[list[UUID]]:
    rows = table(declaration).filter(ALIVE).order_by("pk").values_list("pk", flat=True)
    keys = list(rows[:BATCH])
    while keys:
        yield keys
        keys = list(rows.filter(pk__gt=keys[-1])[:BATCH])
