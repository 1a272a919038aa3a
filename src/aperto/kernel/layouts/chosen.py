"""Which layout holds for whom: one of a team and a role, then one of a team, then one of a role."""

from weakref import WeakKeyDictionary

from aperto.kernel.access.actor import Actor
from aperto.kernel.layouts.apply import Layout, arranged
from aperto.kernel.objects.declaration import ObjectType

MOST_KEPT = 200
_kept: WeakKeyDictionary[ObjectType, dict[tuple[Layout, ...], ObjectType]] = WeakKeyDictionary()


def for_groups(actor: Actor, declaration: ObjectType) -> ObjectType:
    """The object as it is arranged for the actor's roles and teams. Remembered under the declaration itself,
    so that one thousand people with one layout share one shape of it."""
    chosen = _chosen(actor, declaration)
    if not chosen:
        return declaration
    held = _kept.setdefault(declaration, {})
    if chosen not in held:
        if len(held) >= MOST_KEPT:
            held.clear()
        held[chosen] = arranged(declaration, chosen).reshaped(layouts=())
    return held[chosen]


def _chosen(actor: Actor, declaration: ObjectType) -> tuple[Layout, ...]:
    groups = set(actor.grantees)
    reached = [each for each in declaration.layouts if {each.role, each.team} - {None} <= groups]
    return tuple(sorted(reached, key=lambda each: _weight(actor, each)))


def _weight(actor: Actor, layout: Layout) -> tuple[bool, bool, bool, str]:
    """One's own team is nearer than one above it; among equals the oldest layout counts."""
    own = layout.team in actor.team_ids
    return (layout.team is not None, layout.role is not None, own, f"{(1 << 128) - layout.id.int:033x}")
