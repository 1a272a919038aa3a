"""Actors made from users. Kept per process until the user's stamp says that rights have changed."""

from collections import OrderedDict
from uuid import UUID

from django.db.models import F

from aperto.kernel.access import organisation
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import TeamMember, User
from aperto.kernel.viewer import Viewer

KEPT = 2_000
_held: OrderedDict[tuple[UUID, int, str, str], Actor] = OrderedDict()


def of_user(user: User) -> Actor:
    """The actor for a signed-in user; ANONYMOUS for one who was deactivated."""
    if not user.is_active:
        return ANONYMOUS
    firm = organisation.current()
    key = (user.pk, user.stamp, user.language + user.zone, firm.country + firm.currency)
    actor = _held.get(key)
    if actor is None:
        actor = _held[key] = _make(user, firm.country, firm.currency)
        if len(_held) > KEPT:
            _held.popitem(last=False)
    return actor


def _make(user: User, country: str, currency: str) -> Actor:
    teams = tuple(TeamMember.objects.filter(user=user).order_by("team").values_list("team", flat=True))
    mates = TeamMember.objects.filter(team__in=teams).values_list("user_id", flat=True)
    return Actor(
        kind="user",
        user_id=user.pk,
        name=user.name,
        team_ids=teams,
        team_id=user.main_team if user.main_team in teams else (teams[0] if teams else None),
        mates=frozenset([user.pk, *mates]),
        grants=tuple(user.roles.values_list("grants", flat=True)),
        viewer=Viewer(user.language, country, currency, user.zone),
    )


def rights_changed(*users: UUID) -> None:
    """Makes cached actors stale: of these users, or of all when a role or a team changed."""
    rows = User.objects.filter(pk__in=users) if users else User.objects.all()
    rows.update(stamp=F("stamp") + 1)
