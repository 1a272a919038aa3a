"""One change by its key, for whoever may see its record."""

from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Missing
from aperto.kernel.objects.registry import registry


def get_change(actor: Actor, key: UUID) -> Change:
    """Missing when there is no such change, or its record is not to be seen."""
    change = Change.objects.filter(pk=key).first()
    if change is None or change.object not in registry:
        raise Missing(key)
    alive = records.visible(actor, change.object).only([change.record])
    if not alive.exists() and not records.deleted(actor, change.object).only([change.record]).exists():
        raise Missing(key)
    return change
