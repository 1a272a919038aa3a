"""Which fields an actor may read: one answer for filter, sort, columns and sums alike."""

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import fields_of
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType


def readable(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    """The fields by key, without those that a role hides; what the actor may not write is read-only.

    A formula stands there as the field that it is to this actor."""
    fields = fields_of(actor, declaration)
    derived = {key: each.seen_by(actor, declaration) for key, each in fields.items() if each.derived}
    return fields | derived if derived else fields
