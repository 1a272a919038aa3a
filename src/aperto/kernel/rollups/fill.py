"""A roll-up that is new or has become another begins with what is there already."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from aperto.kernel.changes.draft import Occasion
from aperto.kernel.fields.roll_up import RollUp


def fill(occasion: Occasion, records: Sequence[Any]) -> None:
    """A definition was written; a job goes through the records after its commit."""
    for object_key in {row.of_object for row in records if row.kind == RollUp.kind}:
        transaction.on_commit(partial(_fill_later, object_key))


def _fill_later(object_key: str) -> None:
    from aperto.kernel.upkeep import fill_roll_ups  # noqa: PLC0415 - the schedules load after the kernel

    fill_roll_ups.enqueue(object_key)
