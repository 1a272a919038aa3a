"""What others changed lately, as the home page tells it."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows
from aperto.kernel.query.statements import fetch

LOOKED_AT = 5_000
REMEMBERED = 60.0  # seconds
TOLD = ("object", "record", "verb", "at", "actor_name", "diff")


_asked: tuple[float, UUID] = (0.0, UUID(int=0))


@dataclass(frozen=True, slots=True)
class Told:
    """A change as far as it is told."""

    object: str
    record: UUID
    verb: str
    at: datetime
    actor_name: str
    diff: dict[str, Any]


def latest(actor: Actor, since: datetime, limit: int = 100) -> list[tuple[Told, Ref]]:
    """Changes of others since that moment, newest first, each with its record as the actor sees it.

    Keys carry their time, so this is one range of an index however long the history is. It looks at the
    newest changes alone: behind those that somebody has just imported nobody looks for what others did.
    """
    read = [told for told in _read(actor, since, limit) if _is_shown(actor, told.object)]
    keys: dict[str, set[UUID]] = defaultdict(set)
    for told in read:
        keys[told.object].add(told.record)
    seen: dict[UUID, Ref] = {}
    for object_key, ids in keys.items():
        seen |= rows.titles(actor, object_key, ids)
    return [(told, seen[told.record]) for told in read if told.record in seen]


def _read(actor: Actor, since: datetime, limit: int) -> list[Told]:
    """Whose a change is stands in the index, so that one's own are passed over without being read."""

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        keys = Change.objects.filter(*given).order_by("-pk").values("pk")[:limit]
        return Change.objects.filter(pk__in=keys).order_by("-pk").values_list(*TOLD)

    conditions = [Q(pk__gte=max(_floor(since), _oldest())), ~Q(actor=actor.user_id)]
    return [Told(*raw) for raw in fetch(Change, ("latest", limit), conditions, build)]


def _oldest() -> UUID:
    """The key of the last change that is looked at. It is asked again from time to time: an older one costs
    time and nothing else."""
    global _asked
    at, key = _asked
    if not at or time.monotonic() - at > REMEMBERED:
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True)
        key = next(iter(newest[LOOKED_AT : LOOKED_AT + 1]), UUID(int=0))
        _asked = (time.monotonic(), key)
    return key


def _is_shown(actor: Actor, object_key: str) -> bool:
    if object_key not in registry:
        return False
    declaration = registry.get(object_key)
    return not declaration.administered and actor.may(declaration, Verb.READ)


def _floor(moment: datetime) -> UUID:
    """The smallest key that a record made at this moment can have."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)
