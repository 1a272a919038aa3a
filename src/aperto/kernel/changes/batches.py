"""What the changes of one batch (an import, a bulk edit) have done, counted without reading them."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from aperto.kernel.changes.models import Change, MatchKey
from aperto.kernel.objects.declaration import ObjectType

PART = 1_000


def count_of(batch: UUID, verb: str) -> int:
    """How many records the batch wrote in this way ("created", "changed")."""
    return Change.objects.filter(batch=batch, verb=verb, undo_of=None).count()


def taken_back(batch: UUID) -> tuple[int, int]:
    """How many changes of the batch were undone, and how many still hold."""
    made = Change.objects.filter(batch=batch, undo_of=None)
    return made.exclude(undone_by=None).count(), made.filter(undone_by=None).count()


def alike(declaration: ObjectType, batch: UUID) -> int:
    """How many records that the batch made share a match key with another one: possible duplicates."""
    fields = [rule.field for rule in declaration.duplicates if not rule.similar and not rule.same]
    made = Change.objects.filter(batch=batch, verb="created", object=declaration.key, undo_of=None)
    found, last = 0, UUID(int=0)
    while rows := list(made.filter(id__gt=last).order_by("id").values_list("id", "record")[:PART]):
        last = rows[-1][0]
        found += _shared(declaration, fields, [record for _id, record in rows])
    return found


def _shared(declaration: ObjectType, fields: list[str], records: list[UUID]) -> int:
    """How many of these records share a key; a part at a time, so that memory stays as it is."""
    others = MatchKey.objects.filter(
        object=declaration.key, field=OuterRef("field"), value=OuterRef("value")
    ).exclude(record=OuterRef("record"))
    keys = MatchKey.objects.filter(object=declaration.key, field__in=fields, record__in=records)
    return keys.filter(Exists(others)).values("record").distinct().count()
