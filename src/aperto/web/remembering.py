"""What pages find out about an actor's rights and need not find out again: never a word of a record.

It is kept with the actor, who is made anew when rights change, under the language and the shape of
the objects.
"""

from collections.abc import Callable, Hashable
from typing import cast

from django.utils.translation import get_language

from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.registry import registry

MOST = 1_000


def remembered[T](actor: Actor, name: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    held = actor.kept
    key = ("page", *name, get_language(), registry.shape.version)
    if key not in held:
        if len(held) >= MOST:
            held.clear()
        held[key] = make()
    return cast("T", held[key])
