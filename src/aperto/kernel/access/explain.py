"""Why somebody can see or edit a record, and who can: in words that name the rule.

Each part of a person's reach is asked by itself, by the same functions that decide; so what is told here is
what holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from aperto.kernel.access import actors, granting, rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.reach import WIDENED, reach_of, reach_of_share
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Scope, Verb, granted
from aperto.kernel.access.share_models import RecordShare
from aperto.kernel.access.sharing import name_of
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Message, Missing
from aperto.kernel.objects.record import Record

NOBODY = UUID(int=0)
SYSTEM, CONFIGURATION, ROLE, RULE, SHARE = "system", "configuration", "role", "rule", "share"


@dataclass(frozen=True)
class Reason:
    """`kind` says what opens the record: a role (`name`, with the `scope` that fits and, where it is by team,
    the `team`), a sharing rule, a single share (with whom; `until` when), or that everybody reads settings.
    `condition` is the filter that the record fulfils."""

    kind: str
    id: UUID | None = None
    name: Message = ""
    scope: Scope = Scope.NONE
    team: str = ""
    condition: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Access:
    """What one person may do with a record, and why; `edit` is empty for whoever only reads."""

    user: User
    read: list[Reason]
    edit: list[Reason]


def why(actor: Actor, record: Record, verb: Verb = Verb.READ) -> list[Reason]:
    """Every reason for which the verb reaches the record; none for whom it does not."""
    declaration, row = record.declares, Owned.of(record)
    if not rules.allowed(actor, declaration, verb, [row]):
        return []
    if actor.kind == "system":
        return [Reason(SYSTEM, name=actor.name)]
    if declaration.administered:
        return [Reason(CONFIGURATION)]
    found = list(_roles(actor, record, row, verb))
    if verb in WIDENED:
        found += [*_rules(actor, record, row, verb), *_shares(actor, record, verb)]
    return found


def who(record: Record) -> Iterator[Access]:
    """Active users who can see the record, in the order of their names. Their number is what it costs."""
    return among(record, asked())


def asked(after: UUID | None = None) -> Iterator[User]:
    """Active users by their names, those behind one of them where it says so; Missing for a stranger."""
    users = User.objects.filter(is_active=True).order_by("name", "pk")
    if after is not None:
        last = User.objects.filter(pk=after).first()
        if last is None:
            raise Missing(after)
        users = users.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    return users.iterator()


def among(record: Record, users: Iterable[User]) -> Iterator[Access]:
    """Those of the users who can see the record."""
    for user in users:
        actor = actors.of_user(user)
        if read := why(actor, record):
            yield Access(user, read, why(actor, record, Verb.EDIT))


# -- roles -------------------------------------------------------------------------------------------


def _roles(actor: Actor, record: Record, row: Owned, verb: Verb) -> Iterable[Reason]:
    declaration = record.declares
    for role in Role.objects.filter(users__pk=actor.user_id or NOBODY).order_by("name"):
        alone = replace(
            actor, grants=(role.grants,), conditions=(role.conditions,), shared={}, singly=frozenset()
        )
        # Whether private records are hidden is a matter of all roles together.
        reach = replace(
            reach_of(alone, declaration, verb), secluded=reach_of(actor, declaration, verb).secluded
        )
        if rules.within(alone, declaration, verb, [row], reach):
            condition = role.conditions.get(declaration.key, {}).get(verb, "")
            scope = _fitting(actor, granted(role.grants, declaration.key, verb), row)
            team = _team(row) if scope in (Scope.TEAM, Scope.BELOW) else ""
            yield Reason(ROLE, role.pk, role.label, scope, team, condition)


def _fitting(actor: Actor, scope: Scope, row: Owned) -> Scope:
    """The narrowest scope that the row fits, of those that this one holds."""
    if row.owner is not None and row.owner == actor.user_id:
        return Scope.OWN
    if scope is Scope.BELOW and row.team in actor.team_ids:
        return Scope.TEAM
    return scope


def _team(row: Owned) -> str:
    return str(Team.objects.filter(pk=row.team or NOBODY).first() or "")


# -- sharing -----------------------------------------------------------------------------------------


def _rules(actor: Actor, record: Record, row: Owned, verb: Verb) -> Iterable[Reason]:
    declaration = record.declares
    whole = reach_of(actor, declaration, verb)
    for rule, shared in granting.rules_one_by_one(actor.grantees[1:], declaration.key):
        if shared.edit or not WIDENED[verb]:
            reach = replace(reach_of_share(shared), secluded=whole.secluded)
            if rules.within(actor, declaration, verb, [row], reach):
                yield Reason(RULE, rule.id, rule.title, condition=shared.filter)


def _shares(actor: Actor, record: Record, verb: Verb) -> Iterable[Reason]:
    living = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    held = RecordShare.objects.filter(living, record=record.pk, grantee__in=actor.grantees)
    for each in held.filter(edit=True) if WIDENED[verb] else held:
        yield Reason(SHARE, each.pk, name_of(each), until=each.expires_at)


def told(reasons: Sequence[Reason]) -> Reason | None:
    """The one reason to name first: what a person owns or was given before what a wide role opens."""
    order = {Scope.OWN: 0, Scope.TEAM: 2, Scope.BELOW: 3, Scope.ALL: 4}
    return min(reasons, key=lambda each: order.get(each.scope, 1), default=None)
