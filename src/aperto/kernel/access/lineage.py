"""Teams in a tree: which lie beneath others, and which above. A team stands under at most one other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.apps import apps

type Parents = Mapping[UUID, UUID | None]  # of the teams that are not deleted


def parents() -> dict[UUID, UUID | None]:
    teams = apps.get_model("kernel", "Team")._default_manager.filter(deleted_at=None)
    return dict(teams.order_by().values_list("pk", "parent"))


def beneath(parents: Parents, teams: Iterable[UUID]) -> tuple[UUID, ...]:
    """These teams and all beneath them, in the order of their keys."""
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for team, parent in parents.items():
        if parent is not None:
            children[parent].append(team)
    found, waiting = set[UUID](), list(teams)
    while waiting:
        team = waiting.pop()
        if team not in found:
            found.add(team)
            waiting += children[team]
    return tuple(sorted(found))


def above(parents: Parents, teams: Iterable[UUID]) -> tuple[UUID, ...]:
    """These teams and all above them."""
    found = set[UUID]()
    for each in teams:
        team: UUID | None = each
        while team is not None and team not in found:
            found.add(team)
            team = parents.get(team)
    return tuple(sorted(found))
