"""Gives records to the team of the territory that they lie in: new ones as they come, all of them on demand.

New records are assigned after their commit, as any subscriber learns of them; what a territory says goes
before the team that a new record has from its maker.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes, jobs, records
from aperto.kernel.access import conditions
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.scopes import Verb
from aperto.kernel.access.territory import Territory
from aperto.kernel.changes import Draft, outbox
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry

VIA = "territory"
STEP = 500


@outbox.subscribe("territories")
def assign_new(events: Sequence[Change]) -> None:
    """Called at least once for each new record; assigning twice changes nothing the second time."""
    made: dict[str, list[UUID]] = defaultdict(list)
    for event in events:
        if event.verb == "created" and event.object in registry:
            made[event.object].append(event.record)
    territories = _active() if made else {}
    for object_key in made.keys() & territories.keys():
        assign(object_key, made[object_key], territories[object_key])


def assign_later(actor: Actor, object_key: str) -> Any:
    """All records of the object, in the background; for whoever configures."""
    if not actor.configures:
        raise Refused(Verb.CONFIGURE)
    task = assign_all.using(actor_id=actor.user_id, label=_("Assign by territory"))
    return task.enqueue(object_key)


@jobs.task(takes_context=True, label=_("Assign by territory"), max_attempts=3)
def assign_all(context: jobs.JobContext, object_key: str) -> dict[str, Any]:
    territories = _active().get(object_key, [])
    everything = records.unrestricted(object_key, reason="assigning by territory")
    total, done, changed, batch = everything.count().number, 0, 0, changes.new_batch()
    for rows in batched(everything.iterate(()) if territories else (), STEP):
        context.check_cancelled()
        changed += assign(object_key, [row.id for row in rows], territories, batch)
        done += len(rows)
        context.progress(done, max(total, done))
    return {"batch": str(batch), "counts": {"changed": changed}}


def assign(
    object_key: str, keys: Sequence[UUID], territories: Iterable[Territory], batch: UUID | None = None
) -> int:
    """How many of the records changed hands; the first territory that fits counts."""
    actor, waiting = system("territory"), set(keys)
    drafts: list[Draft] = []
    for territory in territories:
        declaration = registry.get(object_key)
        condition = conditions.compiled(actor, declaration, territory.condition or "")
        if condition is None or not waiting:
            continue
        found = set(records.unrestricted(object_key, VIA).only(waiting).where(condition).ids(len(waiting)))
        waiting -= found
        drafts += [Draft(_values(territory), record=key) for key in sorted(found)]
    outcomes = changes.save_many(actor, object_key, drafts, via=VIA, batch=batch) if drafts else []
    return sum(outcome.change is not None for outcome in outcomes)


def _values(territory: Territory) -> dict[str, Any]:
    owner = {"owner": Ref("user", territory.to_owner)} if territory.to_owner else {}
    return {"team": Ref("team", territory.to_team), **owner}


def _active() -> dict[str, list[Territory]]:
    found: dict[str, list[Territory]] = defaultdict(list)
    table: Any = Territory.objects
    for territory in table.filter(deleted_at=None, active=True).order_by("position", "pk"):
        if territory.of_object in registry and territory.to_team:
            found[territory.of_object].append(territory)
    return found
