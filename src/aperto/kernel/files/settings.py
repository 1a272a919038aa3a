"""What administrators decide about files, and what they are told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.undo import reverses
from aperto.kernel.errors import Conflict
from aperto.kernel.files import limits
from aperto.kernel.files.models import FOUND, FileLimits, StoredFile

KIND = "file_limits"
MOST = 20


@dataclass(frozen=True)
class Use:
    """How much is kept, by whom most of it was sent, and what a scanner found."""

    total: int
    people: Sequence[tuple[str, int]]
    found: Sequence[StoredFile]


def limits_for(actor: Actor) -> FileLimits:
    people.require_administrator(actor)
    return limits.current()


def use_for(actor: Actor) -> Use:
    people.require_administrator(actor)
    sums = StoredFile.objects.values_list("created_by").annotate(size=Sum("size")).order_by("-size")
    rows = [(key, size) for key, size in sums[:MOST] if key]
    names = dict(User.objects.filter(pk__in=[key for key, _size in rows]).values_list("pk", "name"))
    found = StoredFile.objects.filter(state=FOUND).order_by("-created_at")[:MOST]
    return Use(limits.used(), [(names.get(key, ""), size) for key, size in rows], list(found))


@transaction.atomic
def change(actor: Actor, values: Mapping[str, Any], via: str = "page") -> Change | None:
    """Invalid by field; None when nothing differs."""
    people.require_administrator(actor)
    diff = limits.write(limits.cleaned(values))
    if not diff:
        return None
    batch = changes.new_batch()
    return changes.note(actor, KIND, limits.RECORD, "changed", diff, via=via, batch=batch)


def _back(actor: Actor, done: Change, via: str) -> None:
    people.require_administrator(actor)
    row = limits.current()
    if any(getattr(row, key) != new for key, (_old, new) in done.diff.items()):
        raise Conflict(0, {}, {})
    diff = limits.write({key: old for key, (old, _new) in done.diff.items()})
    changes.note(actor, KIND, limits.RECORD, "changed", diff, via=via)


reverses(KIND, _back)
