"""Automatic numbers: counted under a row lock, so that two writers never get the same."""

from collections.abc import Sequence
from datetime import datetime

from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.models import Counter
from aperto.kernel.objects.declaration import ObjectType


def number(declaration: ObjectType, works: Sequence[Work], now: datetime) -> None:
    """Gives each new record its numbers. A refused write gives none, so the row stays without gaps."""
    if not works:
        return
    for field in declaration.fields.values():
        if field.kind != "automatic_number":
            continue
        key = field.counter(declaration.key, now)  # type: ignore[attr-defined]  # only this kind counts
        Counter.objects.get_or_create(key=key)
        counter = Counter.objects.select_for_update().get(key=key)
        for work in works:
            counter.last += 1
            work.values[field.key] = field.number(counter.last, now)  # type: ignore[attr-defined]
        counter.save()
