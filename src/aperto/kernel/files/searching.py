"""Records are found by the words of the files that they hold."""

from uuid import UUID

from aperto.kernel import records
from aperto.kernel.fields.file import File
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search


def renew(key: UUID) -> int:
    """Renews the entries of all records that hold this file; how many there were."""
    count = 0
    for declaration in registry:
        for field in search.searchable(declaration):
            if isinstance(field, File):
                held = records.unrestricted(declaration.key, reason="the words of a file are known now")
                rows = list(held.where(field.holding(key)).source.rows())
                search.index(declaration, rows)
                count += len(rows)
    return count
