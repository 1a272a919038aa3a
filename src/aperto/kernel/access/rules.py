"""Rights as conditions on rows, and as a yes or no for one row."""

from uuid import UUID

from django.db.models import Q

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.objects.declaration import ObjectType

NOTHING = Q(pk__in=[])


def condition(actor: Actor, declaration: ObjectType, verb: Verb) -> Q:
    """Which rows the verb reaches: Q() for all of them, NOTHING for none."""
    match actor.scope(declaration, verb):
        case Scope.ALL:
            return Q()
        case Scope.TEAM:
            mine = Q(owner=actor.user_id)
            return mine | Q(team__in=actor.team_ids) if actor.team_ids else mine
        case Scope.OWN:
            return Q(owner=actor.user_id)
        case _:
            return NOTHING


def allows(actor: Actor, declaration: ObjectType, verb: Verb, owner: UUID | None, team: UUID | None) -> bool:
    """The same rule for one row; it must agree with `condition` (a test compares them)."""
    match actor.scope(declaration, verb):
        case Scope.ALL:
            return True
        case Scope.TEAM:
            return owner == actor.user_id or team in actor.team_ids
        case Scope.OWN:
            return owner == actor.user_id
        case _:
            return False


def may_assign(actor: Actor, declaration: ObjectType, owner: UUID | None) -> bool:
    """Whether the actor may make this user the owner: whoever gives a record away gives access with it."""
    match actor.scope(declaration, Verb.ASSIGN):
        case Scope.ALL:
            return True
        case Scope.TEAM:
            return owner == actor.user_id or owner in actor.mates
        case Scope.OWN:
            return owner == actor.user_id
        case _:
            return owner == actor.user_id and actor.may(declaration, Verb.CREATE)
