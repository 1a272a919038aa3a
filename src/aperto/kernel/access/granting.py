"""What is given to a person besides their roles, read when their actor is made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from aperto.kernel.access import lineage
from aperto.kernel.access.models import TeamMember, User
from aperto.kernel.access.share_models import PrivateRecord, RecordShare
from aperto.kernel.access.shared import Shared


def by_rules(groups: Sequence[UUID]) -> Mapping[str, tuple[Shared, ...]]:
    """What sharing rules give to these teams and roles, by object; equal parts of many rules are one."""
    parts: dict[tuple[str, str, bool], list[frozenset[UUID] | None]] = defaultdict(list)
    for rule, shared in _opened(_rules(groups)):
        parts[rule.of_object, shared.filter, shared.edit].append(shared.owners)
    found: dict[str, list[Shared]] = defaultdict(list)
    for (object_key, filter_, edit), owners in parts.items():
        named = [each for each in owners if each is not None]
        whole = None if len(named) < len(owners) else frozenset().union(*named)
        found[object_key].append(Shared(whole, filter_, edit))
    return {object_key: tuple(parts) for object_key, parts in found.items()}


def rules_one_by_one(groups: Sequence[UUID], object_key: str) -> Iterable[tuple[Any, Shared]]:
    """The sharing rules of one object for these teams and roles, each with what it gives."""
    return _opened(rule for rule in _rules(groups) if rule.of_object == object_key)


def given_by(rule: Any) -> Shared | None:
    """What one rule gives, also one that is not saved yet; None for one that names neither people nor a
    condition."""
    return next((shared for _rule, shared in _opened([rule])), None)


def _rules(groups: Sequence[UUID]) -> Iterable[Any]:
    if not groups:
        return []
    table = apps.get_model("kernel", "SharingRule")._default_manager.filter(deleted_at=None, active=True)
    named = Q(with_team__in=groups) | Q(with_role__in=[str(group) for group in groups])
    wanted = ("id", "title", "of_object", "owners_team", "owners_role", "condition", "reach")
    return table.filter(named).order_by("pk").values_list(*wanted, named=True)


def _opened(rules: Iterable[Any]) -> Iterable[tuple[Any, Shared]]:
    """Each rule with what it gives: the records of these people, now; nothing for one that names neither."""
    told = [(rule, _group(rule)) for rule in rules]
    people = _people(
        [rule.owners_team for rule, _key in told if rule.owners_team],
        [UUID(rule.owners_role) for rule, _key in told if rule.owners_role],
    )
    for rule, group in told:
        if group is not None or rule.condition:
            owners = None if group is None else frozenset(people[group])
            yield rule, Shared(owners, rule.condition or "", rule.reach == "edit")


def _group(rule: Any) -> UUID | None:
    team: UUID | None = rule.owners_team
    return team or (UUID(rule.owners_role) if rule.owners_role else None)


def _people(teams: Sequence[UUID], roles: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    """Users of each team, with the teams beneath it, and of each role; those too who left: what they own
    stays."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if teams:
        tree = lineage.parents()
        wanted = {team: lineage.beneath(tree, [team]) for team in set(teams)}
        members: dict[UUID, set[UUID]] = defaultdict(set)
        everywhere = {each for beneath in wanted.values() for each in beneath}
        for team, user in TeamMember.objects.filter(team__in=everywhere).values_list("team", "user_id"):
            members[team].add(user)
        for team, beneath in wanted.items():
            found[team] = set().union(*(members[each] for each in beneath))
    if roles:
        held: Any = User.roles.through._default_manager.filter(role_id__in=set(roles))
        for role, user in held.values_list("role_id", "user_id"):
            found[role].add(user)
    return found


def singly(grantees: Sequence[UUID]) -> frozenset[str]:
    """Objects of which records are shared one by one with any of these."""
    living = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    rows = RecordShare.objects.filter(living, grantee__in=grantees).order_by()
    return frozenset(rows.values_list("object", flat=True).distinct())


def secluded() -> frozenset[str]:
    """Objects of which some records are private."""
    return frozenset(PrivateRecord.objects.order_by().values_list("object", flat=True).distinct())
