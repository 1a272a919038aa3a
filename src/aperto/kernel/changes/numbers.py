"""Automatic numbers: counted under a row lock, so that two writers never get the same."""

from collections import defaultdict
from collections.abc import Sequence

from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.models import Counter
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.fields.automatic_number import AutomaticNumber
from aperto.kernel.objects.declaration import ObjectType


def number(declaration: ObjectType, works: Sequence[Work]) -> None:
    """Gives each new record its numbers. A refused write gives none, so the row stays without gaps."""
    if not works:
        return
    for field in outline_of(declaration).numbered:
        for counter_key, group in _by_counter(declaration, field, works).items():
            _count(field, counter_key, group)


def _by_counter(
    declaration: ObjectType, field: AutomaticNumber, works: Sequence[Work]
) -> dict[str, list[Work]]:
    groups: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[field.counter(declaration.key, work.now)].append(work)
    return groups


def _count(field: AutomaticNumber, counter_key: str, works: list[Work]) -> None:
    Counter.objects.get_or_create(key=counter_key)
    counter = Counter.objects.select_for_update().get(key=counter_key)
    for work in works:
        counter.last += 1
        work.values[field.key] = field.number(counter.last, work.now)
    counter.save()
