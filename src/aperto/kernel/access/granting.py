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

type Rule = tuple[str, UUID | None, UUID | None, str, bool]  # object, owners' team and role, filter, edit
READ = ("of_object", "owners_team", "owners_role", "condition", "reach")


def by_rules(groups: Sequence[UUID]) -> Mapping[str, tuple[Shared, ...]]:
    """What sharing rules give to these teams and roles, by object; equal parts of many rules are one."""
    rules = list(_rules(groups))
    owners = _people([rule[1] for rule in rules if rule[1]], [rule[2] for rule in rules if rule[2]])
    plain: dict[tuple[str, str, bool], set[UUID] | None] = {}
    for object_key, team, role, filter_, edit in rules:
        place = (object_key, filter_, edit)
        group = team or role
        if group is None:
            plain[place] = None
        elif (held := plain.setdefault(place, set())) is not None:
            held |= owners[group]
    found: dict[str, list[Shared]] = defaultdict(list)
    for (object_key, filter_, edit), people in plain.items():
        found[object_key].append(Shared(None if people is None else frozenset(people), filter_, edit))
    return {object_key: tuple(parts) for object_key, parts in found.items()}


def _rules(groups: Sequence[UUID]) -> Iterable[Rule]:
    if not groups:
        return
    table = apps.get_model("kernel", "SharingRule")._default_manager.filter(deleted_at=None, active=True)
    named = Q(with_team__in=groups) | Q(with_role__in=[str(group) for group in groups])
    for object_key, team, role, condition, reach in table.filter(named).order_by("pk").values_list(*READ):
        if team or role or condition:
            yield object_key, team, UUID(role) if role else None, condition or "", reach == "edit"


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
