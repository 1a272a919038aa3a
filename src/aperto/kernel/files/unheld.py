"""Uploads that were never put into a record: a form that was left, a client that stopped halfway.

A file that a record once held stays, because the history can bring it back.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.storage import discard_previews
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.search import contents

PATIENCE = timedelta(days=1)
BATCH = 100


def hold(keys: Iterable[UUID]) -> None:
    """A record holds these now."""
    wanted = sorted(set(keys))
    if wanted:
        StoredFile.objects.filter(among_keys("pk", wanted), held=False).update(held=True)


def remove(now: datetime) -> int:
    """How many were removed, rows and contents."""
    count = 0
    while removed := _remove(now):
        count += removed
    return count


def _remove(now: datetime) -> int:
    """In batches, so that no transaction is long. Locked first: whoever puts one into a record waits."""
    with transaction.atomic():
        left = StoredFile.objects.filter(held=False, created_at__lt=now - PATIENCE).order_by("created_at")
        rows = list(left.select_for_update()[:BATCH])
        for row in rows:
            discard_previews(row)
            default_storage.delete(row.place)
        contents.forget([row.pk for row in rows])
        StoredFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
