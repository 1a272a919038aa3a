"""Following a record: what somebody is told of it. Its owner follows without being asked, and can stop."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid, Message, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices.models import Follow
from aperto.kernel.objects.registry import registry

ALL, IMPORTANT, MENTIONS = "all", "important", "mentions"
LEVELS: Mapping[str, Message] = {
    ALL: _("Everything"),
    IMPORTANT: _("Comments, stage and owner"),
    MENTIONS: _("Only mentions"),
}
USUAL = IMPORTANT


def level_of(actor: Actor, record: UUID, owner: UUID | None) -> str:
    """What the actor is told of the record now; MENTIONS for somebody who never asked."""
    found = Follow.objects.filter(record=record, user=actor.user_id).values_list("level", flat=True)
    for level in found:
        return level
    return USUAL if owner is not None and owner == actor.user_id else MENTIONS


def follow(actor: Actor, about: Ref, level: str = USUAL) -> None:
    """Asks to be told of a record; Missing for one that the actor does not see."""
    if level not in LEVELS:
        raise Invalid({"level": [_("There is no such choice.")]})
    if actor.user_id is None or actor.behind or registry.get(about.object).administered:
        raise Refused("follow")
    records.visible(actor, about.object).get(about.id)
    Follow.objects.update_or_create(
        record=about.id, user_id=actor.user_id, defaults={"object": about.object, "level": level}
    )


def join(about: Ref, users: Iterable[UUID]) -> None:
    """People who were mentioned follow from then on, unless they have said what they want."""
    rows = [Follow(object=about.object, record=about.id, user_id=user, level=USUAL) for user in users]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)


def followers(refs: Sequence[Ref]) -> dict[UUID, dict[UUID, str]]:
    """By record: who follows it and how. One statement, and one for the owners of each object."""
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    keys: dict[str, set[UUID]] = defaultdict(set)
    for ref in refs:
        keys[ref.object].add(ref.id)
    for object_key, ids in keys.items():
        model = registry.get(object_key).model
        owned = model.objects.filter(pk__in=ids, owner__isnull=False).order_by()
        for record, owner in owned.values_list("pk", "owner"):
            if owner is not None:
                found[record][owner] = USUAL
    told = Follow.objects.filter(record__in=[ref.id for ref in refs])
    for record, user, level in told.values_list("record", "user_id", "level"):
        found[record][user] = level
    return found
