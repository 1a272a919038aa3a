"""How often lists ask for a field of an administrator's own: what is asked often gets an index.

Counted in memory and written down every so often, so that reading stays reading.
"""

import time
from collections import Counter
from datetime import UTC, datetime
from threading import Lock

from django.db import transaction
from django.db.models import F

from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.shape.models import FieldUse

WRITTEN_AFTER = 30.0  # seconds
_counted: Counter[tuple[str, str]] = Counter()
_since = time.monotonic()
_lock = Lock()


def note(declaration: ObjectType, field: Field) -> None:
    """A list was filtered or sorted by the field."""
    global _since
    with _lock:
        _counted[declaration.key, field.key] += 1
        if time.monotonic() - _since < WRITTEN_AFTER:
            return
        counted, _since = dict(_counted), time.monotonic()
        _counted.clear()
    # A counter that fails must not fail whoever reads.
    transaction.on_commit(lambda: write(counted), robust=True)


def write(counted: dict[tuple[str, str], int]) -> None:
    now = datetime.now(UTC)
    for (object_key, key), times in counted.items():
        row, _made = FieldUse.objects.get_or_create(object=object_key, field=key)
        FieldUse.objects.filter(pk=row.pk).update(times=F("times") + times, last_at=now)


def flush() -> None:
    """Writes down what this process has counted."""
    with _lock:
        counted = dict(_counted)
        _counted.clear()
    write(counted)
