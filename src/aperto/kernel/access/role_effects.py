"""What another setting of a role would change, and for how many people, before it is saved.

Each person is asked by the functions that decide: who has the same reach by another role is not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aperto.kernel.access import actors
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import limits_of
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.reach import reach_of
from aperto.kernel.access.role_checks import Matrix
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry


@dataclass(frozen=True)
class Effect:
    """`holders` are active people with the role; for `affected` of them something becomes different."""

    holders: int
    affected: int


def effect_of(role: Role, wanted: Mapping[str, Matrix]) -> Effect:
    """`wanted` by the columns of the role; a column that is not there stays as it is."""
    holders = list(User.objects.filter(is_active=True, roles=role))
    objects = _touched(role, wanted)
    if not objects and not _configuring(role, wanted):
        return Effect(len(holders), 0)
    return Effect(len(holders), sum(_differs(user, role, wanted, objects) for user in holders))


def _touched(role: Role, wanted: Mapping[str, Matrix]) -> list[ObjectType]:
    """Objects of which any row differs; the row of all objects touches every one."""
    keys: set[str] = set()
    for column, after in wanted.items():
        before = getattr(role, column)
        keys |= {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return [each for each in registry if not each.administered and ("*" in keys or each.key in keys)]


def _configuring(role: Role, wanted: Mapping[str, Matrix]) -> bool:
    after = wanted.get("grants", role.grants)
    return bool(role.grants.get("*", {}).get(Verb.CONFIGURE) != after.get("*", {}).get(Verb.CONFIGURE))


def _differs(user: User, role: Role, wanted: Mapping[str, Matrix], objects: list[ObjectType]) -> bool:
    now = actors.of_user(user)
    then = _with(now, user, role, wanted)
    if now.configures != then.configures:
        return True
    return any(
        limits_of(now, each.key) != limits_of(then, each.key)
        or any(reach_of(now, each, verb) != reach_of(then, each, verb) for verb in Verb)
        for each in objects
    )


def _with(now: Actor, user: User, role: Role, wanted: Mapping[str, Matrix]) -> Actor:
    """The actor of this person once the role says what is wanted."""
    place = list(user.roles.order_by("pk").values_list("pk", flat=True)).index(role.pk)

    def column(name: str) -> tuple[Matrix, ...]:
        held = list(getattr(now, name))
        held[place] = wanted.get(name, held[place])
        return tuple(held)

    return replace(
        now, grants=column("grants"), conditions=column("conditions"), field_rights=column("field_rights")
    )
