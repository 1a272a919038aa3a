"""Which fields an actor may read: one answer for filter, sort, columns and sums alike."""

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType


def readable(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    """The fields by key. Whoever reads an object reads all its fields, until rights know of fields."""
    return declaration.fields
