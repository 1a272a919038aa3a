"""Actors made from users. Kept per process until the user's stamp says that rights have changed."""

from collections import OrderedDict
from dataclasses import replace
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import granting, lineage, organisation
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import TeamMember, User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Refused
from aperto.kernel.viewer import Viewer

KEPT = 2_000
LOOKING = frozenset({f"*:{Verb.READ}"})
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
    tree = lineage.parents() if teams else {}
    below = lineage.beneath(tree, teams)
    members = list(TeamMember.objects.filter(team__in=below).values_list("user_id", "team")) if teams else []
    roles = list(user.roles.order_by("pk").values_list("pk", "grants", "conditions", "field_rights"))
    groups = [*lineage.above(tree, teams), *(key for key, *_rights in roles)]
    grantees = (user.pk, *groups)
    return Actor(
        kind="user",
        user_id=user.pk,
        name=user.name,
        team_ids=teams,
        team_id=user.main_team if user.main_team in teams else (teams[0] if teams else None),
        mates=frozenset([user.pk, *(key for key, team in members if team in teams)]),
        below_ids=below,
        below_mates=frozenset([user.pk, *(key for key, _team in members)]),
        grantees=grantees,
        grants=tuple(grants for _key, grants, _conditions, _fields in roles),
        conditions=tuple(conditions for _key, _grants, conditions, _fields in roles),
        field_rights=tuple(fields for _key, _grants, _conditions, fields in roles),
        shared=granting.by_rules(groups),
        singly=granting.singly(grantees),
        secluded=granting.secluded(),
        viewer=Viewer(user.language, country, currency, user.zone),
    )


def viewing_as(administrator: Actor, user: User) -> Actor:
    """The user's actor for an administrator who looks through their eyes: it reads, and nothing else.

    `viewing.start` and `viewing.end` say so in the history; this is asked for each request between them.
    """
    if not administrator.configures or administrator.kind != "user" or administrator.user_id == user.pk:
        raise Refused(_("Only an administrator may do this."))
    seen = of_user(user)
    if seen is ANONYMOUS:
        raise Refused(_("This person is deactivated."))
    key = ("viewing", administrator.user_id)
    held = seen.kept.get(key)
    if held is None:
        held = seen.kept[key] = replace(
            seen, kind="token", narrowed=LOOKING, behind=administrator.user_id, viewer=administrator.viewer
        )
    assert isinstance(held, Actor)
    return held


def rights_changed(*users: UUID) -> None:
    """Makes cached actors stale: of these users, or of all when a role or a team changed."""
    rows = User.objects.filter(pk__in=users) if users else User.objects.all()
    rows.update(stamp=F("stamp") + 1)
