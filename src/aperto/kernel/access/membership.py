"""Teams seen from within: who is in which. A team itself is a record, written by `changes`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db import transaction

from aperto.kernel import changes
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import TeamMember, User
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Missing


def teams() -> list[Team]:
    rows = Team.objects.filter(deleted_at__isnull=True).order_by("title_folded", "pk")
    return cast("list[Team]", list(rows))


def tree() -> list[tuple[Team, int]]:
    """Teams, each above those that are a part of it, with how deep it lies."""
    beneath: dict[UUID | None, list[Team]] = defaultdict(list)
    listed = teams()
    known = {each.pk for each in listed}
    for each in listed:
        beneath[each.parent if each.parent in known else None].append(each)
    found: list[tuple[Team, int]] = []
    waiting = [(each, 0) for each in reversed(beneath[None])]
    while waiting:
        each, depth = waiting.pop()
        found.append((each, depth))
        waiting += [(part, depth + 1) for part in reversed(beneath[each.pk])]
    return found


def team(team_id: UUID) -> Team:
    found = Team.objects.filter(pk=team_id, deleted_at__isnull=True).first()
    if found is None:
        raise Missing(team_id)
    return cast("Team", found)


def members() -> dict[UUID, list[User]]:
    """Active users by team, in the order of their names."""
    found: dict[UUID, list[User]] = defaultdict(list)
    rows = TeamMember.objects.filter(user__is_active=True).select_related("user").order_by("user__name")
    for row in rows:
        found[row.team].append(row.user)
    return found


@transaction.atomic
def set_members(actor: Actor, team: Team, users: Iterable[UUID], via: str = "page") -> None:
    """Who is in the team. Deactivated members stay: they come back where they were."""
    people.require_administrator(actor)
    people.one_at_a_time()
    here = TeamMember.objects.filter(team=team.pk, user__is_active=True)
    before = set(here.values_list("user_id", flat=True))
    wanted = set(User.objects.filter(pk__in=list(users), is_active=True).values_list("pk", flat=True))
    if before == wanted:
        return
    here.filter(user__in=before - wanted).delete()
    TeamMember.objects.bulk_create(TeamMember(team=team.pk, user_id=user) for user in wanted - before)
    User.objects.filter(pk__in=before - wanted, main_team=team.pk).update(main_team=None)
    User.objects.filter(pk__in=wanted - before, main_team__isnull=True).update(main_team=team.pk)
    diff = {"members": [sorted(map(str, before)), sorted(map(str, wanted))]}
    changes.note(actor, "team", team.pk, "members", diff, via=via)
    actors.rights_changed()  # everybody who shares the team has other mates now
