"""Rights as conditions on rows, and as a yes or no for rows at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, Self
from uuid import UUID

from django.db.models import Q

from aperto.kernel.access import conditions
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.lookups import owned_by, private, shared_singly
from aperto.kernel.access.reach import WIDENED, Area, Reach, reach_of
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.engines.expressions import among_keys

NOTHING = Q(pk__in=[])
FEW_TEAMS = 12  # as many are named one by one, so that each is a range of an index


class Owned(NamedTuple):
    """What a yes or no needs to know of a row."""

    id: UUID
    owner: UUID | None
    team: UUID | None

    @classmethod
    def of(cls, record: Record) -> Self:
        return cls(record.pk, record.owner, record.team)


# -- conditions --------------------------------------------------------------------------------------


def condition(actor: Actor, declaration: ObjectType, verb: Verb) -> Q:
    """Which rows the verb reaches: Q() for all of them, NOTHING for none. Kept with the actor, but for what a
    filter says of this moment."""
    key = (condition, declaration.key, verb)
    held: Q | None = actor.kept.get(key)
    if held is None:
        reach = reach_of(actor, declaration, verb)
        held = _condition(actor, declaration, verb, reach)
        if not reach.filtered:
            actor.kept[key] = held
    return held


def unguarded(actor: Actor, declaration: ObjectType, verb: Verb) -> Q | None:
    """The condition as if no record were private: some rows more, found sooner. None where that is no
    difference."""
    reach = reach_of(actor, declaration, verb)
    if not reach.secluded or reach.is_nothing:
        return None
    return _condition(actor, declaration, verb, replace(reach, secluded=False))


def _condition(actor: Actor, declaration: ObjectType, verb: Verb, reach: Reach) -> Q:
    if reach.is_everything:
        return Q()
    if reach.is_plain:
        return _any_of(_owned(reach.plain, actor))
    return _mixed(actor, declaration, verb, reach)


def _mixed(actor: Actor, declaration: ObjectType, verb: Verb, reach: Reach) -> Q:
    """Each part is cut by itself to what is not private, so that it stays a range of an index."""
    guard = ~Q(private(declaration.key)) if reach.secluded else Q()
    mine = [Q(owner=actor.user_id)] if actor.user_id else []
    single = _single(actor, declaration, verb, reach)
    if reach.plain.everything:
        return Q(_any_of([guard, *mine, *single]))
    parts = [part if part in mine else part & guard for part in _owned(reach.plain, actor)]
    for area, filtered in _filtered(actor, declaration, reach):
        open_ = _any_of([guard, *mine]) if guard else Q()
        parts.append(_any_of(_owned(area, actor)) & filtered & open_)
    return _any_of([*parts, *single])


def _owned(area: Area, actor: Actor) -> list[Q]:
    """The area in parts, what one owns first."""
    if area.everything:
        return [Q()]
    parts = [Q(owner=actor.user_id)] if actor.user_id in area.owners else []
    if others := area.owners - {actor.user_id}:
        parts.append(Q(owned_by(sorted(others))))
    teams = sorted(area.teams)
    if teams:
        parts.append(Q(team__in=teams) if len(teams) <= FEW_TEAMS else among_keys("team", teams))
    return parts


def _single(actor: Actor, declaration: ObjectType, verb: Verb, reach: Reach) -> list[Q]:
    return [Q(shared_singly(declaration.key, actor.grantees, edit=WIDENED[verb]))] if reach.singly else []


def _filtered(actor: Actor, declaration: ObjectType, reach: Reach) -> Iterable[tuple[Area, Q]]:
    for text, area in reach.filtered:
        compiled = conditions.compiled(actor, declaration, text)
        if compiled is not None:
            yield area, compiled


def _any_of(parts: Sequence[Q]) -> Q:
    if not parts:
        return NOTHING
    whole = parts[0]
    for part in parts[1:]:
        whole |= part
    return whole


# -- yes or no ---------------------------------------------------------------------------------------


def allowed(actor: Actor, declaration: ObjectType, verb: Verb, rows: Iterable[Owned]) -> set[UUID]:
    """Those of the rows that the verb reaches; it must agree with `condition` (a test compares them).

    The database is asked only where owner and team do not tell, and then once for all rows."""
    return within(actor, declaration, verb, rows, reach_of(actor, declaration, verb))


def within(
    actor: Actor, declaration: ObjectType, verb: Verb, rows: Iterable[Owned], reach: Reach
) -> set[UUID]:
    """Those of the rows that a reach holds: the actor's own, or a part of it, to tell which part it is."""
    found: set[UUID] = set()
    untold: list[UUID] = []
    for row in rows:
        own = row.owner is not None and row.owner == actor.user_id
        if reach.plain.holds(row.owner, row.team) and (own or not reach.secluded):
            found.add(row.id)
        elif not reach.is_plain:
            untold.append(row.id)
    if untold:
        found |= _fulfilling(declaration, untold, _condition(actor, declaration, verb, reach))
    return found


def _fulfilling(declaration: ObjectType, keys: Sequence[UUID], condition: Q) -> set[UUID]:
    rows = declaration.model.objects.filter(among_keys("pk", keys), condition)
    return set(rows.order_by().values_list("pk", flat=True))


def hanging(actor: Actor, declaration: ObjectType, verb: Verb, rows: Sequence[Owned]) -> set[UUID]:
    """Those of the rows that the verb reaches only because they fulfil the filter of a right."""
    reach = reach_of(actor, declaration, verb)
    if not reach.filtered:
        return set()
    without = within(actor, declaration, verb, rows, replace(reach, filtered=()))
    return {row.id for row in rows} - without


def fulfilling(actor: Actor, declaration: ObjectType, verb: Verb, keys: Sequence[UUID]) -> set[UUID]:
    """Rows that a writer whose right hangs on a filter may leave as they are now. Whom they belong to is
    not asked here: giving away is a right of its own."""
    reach = reach_of(actor, declaration, verb)
    filters = [filtered for _area, filtered in _filtered(actor, declaration, reach)]
    within = [_condition(actor, declaration, verb, replace(reach, filtered=())), *filters]
    return _fulfilling(declaration, keys, _any_of(within))


def allows(
    actor: Actor, declaration: ObjectType, verb: Verb, owner: UUID | None, team: UUID | None, record: UUID
) -> bool:
    """The same rule for one row."""
    return bool(allowed(actor, declaration, verb, [Owned(record, owner, team)]))


def is_even(actor: Actor, declaration: ObjectType, verb: Verb) -> bool:
    """Whether the verb reaches all rows that are seen, or none: then no row needs a look of its own."""
    reach = reach_of(actor, declaration, verb)
    return reach.is_everything or reach.is_nothing or reach == reach_of(actor, declaration, Verb.READ)


def may_assign(actor: Actor, declaration: ObjectType, owner: UUID | None) -> bool:
    """Whether the actor may make this user the owner: whoever gives a record away gives access with it."""
    match actor.scope(declaration, Verb.ASSIGN):
        case Scope.ALL:
            return True
        case Scope.BELOW:
            return owner == actor.user_id or owner in actor.mates | actor.below_mates
        case Scope.TEAM:
            return owner == actor.user_id or owner in actor.mates
        case Scope.OWN:
            return owner == actor.user_id
        case _:
            return owner == actor.user_id and actor.may(declaration, Verb.CREATE)


def may_assign_team(actor: Actor, declaration: ObjectType, team: UUID) -> bool:
    """The same for a team."""
    scope = actor.scope(declaration, Verb.ASSIGN)
    below = scope is Scope.BELOW and team in actor.below_ids
    return scope is Scope.ALL or below or team in actor.team_ids
