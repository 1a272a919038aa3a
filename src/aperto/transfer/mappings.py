"""Mappings that are remembered by name: one's own, or everybody's. A file with the same columns gets them
proposed; what the person may not write, falls out when it is used.

Kept by the names of the columns, so that another order of them does no harm.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.folding import fold
from aperto.kernel.objects.registry import registry
from aperto.transfer.beside_targets import targets_beside
from aperto.transfer.choices import Choices
from aperto.transfer.models import SavedMapping, saved_mappings
from aperto.transfer.targets import targets

LONGEST = 120


def listed(actor: Actor, object_key: str) -> list[SavedMapping]:
    """The actor's own, then everybody's."""
    return list(_shown(actor).filter(object=object_key).order_by("shared", "name", "pk"))


def _shown(actor: Actor) -> "models.QuerySet[SavedMapping]":
    shown = Q(shared=True)
    if actor.user_id:
        shown |= Q(owner=actor.user_id)
    return saved_mappings().filter(shown)


def get(actor: Actor, key: UUID) -> SavedMapping:
    found = _shown(actor).filter(pk=key).first()
    if found is None or found.object not in registry:
        raise Missing(key)
    return found


def may_change(actor: Actor, mapping: SavedMapping) -> bool:
    if mapping.shared:
        return actor.configures
    return mapping.owner is not None and mapping.owner == actor.user_id


def remember(
    actor: Actor, object_key: str, name: str, header: Sequence[str], choices: Choices, *, shared: bool = False
) -> SavedMapping:
    """Keeps the choices under the name; one's own of that name are replaced."""
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST or "\0" in called:
        raise Invalid({"name": [_("A mapping needs a name of at most 120 characters.")]})
    with transaction.atomic():
        kept = saved_mappings().filter(object=object_key, name=called, shared=shared)
        if not shared:
            kept = kept.filter(owner=actor.user_id)
        found = kept.first() or SavedMapping(object=object_key, name=called, shared=shared)
        found.columns, found.choices = list(header), by_name(header, choices)
        return store(actor, found)


def store(actor: Actor, mapping: SavedMapping) -> SavedMapping:
    """Adds or changes one; Refused without the right."""
    if actor.user_id is None or actor.behind is not None:
        raise Refused(_("Whoever looks as somebody else changes nothing."))
    if mapping.shared and not actor.configures:
        raise Refused(_("Only administrators share a mapping with everyone."))
    mapping.owner = mapping.owner or actor.user_id
    mapping.signature = signature(mapping.columns)
    mapping.save()
    return mapping


def forget(actor: Actor, mapping: SavedMapping) -> None:
    if actor.behind is not None or not may_change(actor, mapping):
        raise Refused(_("This mapping belongs to somebody else."))
    mapping.delete()


def signature(header: Sequence[str]) -> str:
    """Equal for files with the same columns, whatever their order."""
    from hashlib import sha256  # noqa: PLC0415 - nothing else here needs it

    return sha256("\n".join(sorted(fold(name) for name in header)).encode("utf-8", "replace")).hexdigest()


def by_name(header: Sequence[str], choices: Choices) -> dict[str, Any]:
    """The choices as they are kept."""
    plain = choices.to_json()
    for part in ("mapping", "formats"):
        plain[part] = {header[int(place)]: value for place, value in plain[part].items()}
    return plain


def applied(actor: Actor, mapping: SavedMapping, header: Sequence[str]) -> Choices:
    """The kept choices for a file with these columns, without what the actor may not write."""
    declaration = registry.get(mapping.object)
    allowed = {target.key for target in targets(actor, declaration)}
    allowed |= {target.key for target, _other in targets_beside(actor, declaration)}
    places = {fold(name): place for place, name in reversed(list(enumerate(header)))}
    plain = dict(mapping.choices)
    for part in ("mapping", "formats"):
        kept = plain.get(part, {}).items()
        plain[part] = {places[fold(name)]: value for name, value in kept if fold(name) in places}
    choices = Choices.from_json(plain)
    return replace(choices, mapping={n: target for n, target in choices.mapping.items() if target in allowed})


def fitting(actor: Actor, object_key: str, header: Sequence[str]) -> SavedMapping | None:
    """The newest for these columns, one's own before everybody's."""
    same = _shown(actor).filter(object=object_key, signature=signature(header))
    return same.order_by("shared", "-pk").first()
