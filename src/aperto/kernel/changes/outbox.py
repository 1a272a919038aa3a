"""Events after commit: the history itself, numbered, and read by each subscriber at its own pace.

A change gets its position only after its transaction has committed, under one lock. So positions never
appear behind a reader's back, which the order of keys or clocks cannot promise. A subscriber is called at
least once for each change and must be idempotent by the change's key.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from aperto.kernel.changes.models import Change, Subscription

log = logging.getLogger(__name__)
BATCH = 500
ATTEMPTS = 5  # then the change is set aside for an administrator, and the next ones go on
LOCK = "#numbering"
AT_ONCE = 20 * BATCH
# One statement: a row at a time costs fifty times as much, and an import leaves thousands.
NUMBER = """
UPDATE kernel_change SET position = fresh.place + %s
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place
      FROM (SELECT id FROM kernel_change WHERE position IS NULL ORDER BY id LIMIT %s) AS unnumbered) AS fresh
WHERE kernel_change.id = fresh.id
"""

type Subscriber = Callable[[Sequence[Change]], None]
_subscribers: dict[str, Subscriber] = {}


def subscribe(name: str) -> Callable[[Subscriber], Subscriber]:
    """Registers a function that is given the changes in order, some at a time."""

    def register(function: Subscriber) -> Subscriber:
        _subscribers[name] = function
        return function

    return register


def number() -> int:
    """Gives committed changes their positions; returns the last one. Safe to call from anywhere."""
    with transaction.atomic():
        Subscription.objects.get_or_create(name=LOCK)
        lock = Subscription.objects.select_for_update().get(name=LOCK)
        with connection.cursor() as cursor:
            cursor.execute(NUMBER, [lock.position, AT_ONCE])
            numbered = cursor.rowcount
        if numbered:
            lock.position += numbered
            lock.save()
    return lock.position


def since(position: int, limit: int = BATCH) -> list[Change]:
    """Numbered changes after `position`, in order."""
    return list(Change.objects.filter(position__gt=position).order_by("position")[:limit])


def deliver() -> int:
    """Numbers what is new and calls every subscriber for it; returns how many calls succeeded."""
    number()
    return sum(_deliver_to(name, function) for name, function in _subscribers.items())


def _deliver_to(name: str, function: Subscriber) -> int:
    delivered = 0
    Subscription.objects.get_or_create(name=name, defaults={"position": _newest()})
    while True:
        with transaction.atomic():
            held = Subscription.objects.select_for_update().get(name=name)
            changes = since(held.position, 1 if held.attempts else BATCH)
            if not changes:
                return delivered
            if not _call(held, function, changes):
                return delivered
            delivered += 1


def _newest() -> int:
    """A new subscriber starts at the present, not with years of history."""
    return Change.objects.aggregate(last=Max("position"))["last"] or 0


def _call(held: Subscription, function: Subscriber, changes: list[Change]) -> bool:
    """One call in a savepoint; a failing change is tried alone, then set aside."""
    try:
        with transaction.atomic():
            function(changes)
    except Exception as error:
        log.exception("subscriber %s failed", held.name)
        held.attempts += 1
        if held.attempts > ATTEMPTS:
            _set_aside(held, changes[0], error)
        held.save()
        return False
    held.position, held.attempts = changes[-1].position or held.position, 0
    held.save()
    return True


def _set_aside(held: Subscription, change: Change, error: Exception) -> None:
    entry: dict[str, Any] = {"change": str(change.pk), "error": f"{type(error).__name__}: {error}"[:500]}
    held.failed = [*held.failed, entry]
    held.position, held.attempts = change.position or held.position, 0
