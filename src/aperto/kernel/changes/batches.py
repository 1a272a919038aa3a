"""What the changes of one batch (an import, a bulk edit) have done, counted without reading them."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from aperto.kernel.changes.models import Change, MatchKey
from aperto.kernel.objects.declaration import ObjectType


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
    others = MatchKey.objects.filter(
        object=declaration.key, field=OuterRef("field"), value=OuterRef("value")
    ).exclude(record=OuterRef("record"))
    keys = MatchKey.objects.filter(object=declaration.key, field__in=fields, record__in=made.values("record"))
    return keys.filter(Exists(others)).values("record").distinct().count()
