"""Everything that may be done to a user. Each action checks the actor, leaves a row of history and makes
cached rights stale; none of them leaves the installation without an administrator.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, details, factors, links, sessions, tokens
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Organisation, Role, TeamMember, User
from aperto.kernel.access.scopes import Scope, Verb, widest
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.folding import fold

ADMINISTER = frozenset({"*:*", f"*:{Verb.CONFIGURE}"})
OWN = ("name", "language", "zone", "theme", "density")
ADMINISTERED = ("email", "name", "language", "zone")


def require_administrator(actor: Actor) -> None:
    """Raises Refused unless the actor administers; a token needs the scope as well as the person's right."""
    narrowed = actor.narrowed is not None and actor.narrowed.isdisjoint(ADMINISTER)
    if narrowed or not actor.configures:
        raise Refused(_("Only an administrator may do this."))


def one_at_a_time() -> None:
    """Makes writers about people wait for each other (SQLite's transactions do already)."""
    Organisation.objects.select_for_update().filter(pk=1).first()


def get(user_id: UUID) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Missing(user_id)
    return user


def active(ids: Iterable[UUID]) -> dict[UUID, User]:
    """Those of these people who may come in."""
    return {user.pk: user for user in User.objects.filter(pk__in=list(ids), is_active=True)}


def by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()[:254]).first()


def everybody() -> list[User]:
    return list(User.objects.prefetch_related("roles").order_by("-is_active", "name"))


def named(text: str, most: int) -> list[User]:
    """Active people whose name or address holds all words of the text, by name."""
    words = fold(text).split()
    rows = User.objects.filter(is_active=True).order_by("name", "pk").only("pk", "name", "email")
    known = ((each, fold(f"{each.name} {each.email}")) for each in rows.iterator())
    return list(islice((each for each, name in known if all(word in name for word in words)), most))


def teams_of(user: User) -> list[UUID]:
    return list(TeamMember.objects.filter(user=user).values_list("team", flat=True))


def administrators() -> set[UUID]:
    """Users who can administer now."""
    reach = {role.pk for role in Role.objects.all() if configures(role.grants)}
    return set(User.objects.filter(is_active=True, roles__in=reach).values_list("pk", flat=True))


def configures(grants: Mapping[str, Mapping[str, str]]) -> bool:
    return widest([grants], "*", Verb.CONFIGURE) is Scope.ALL


def require_an_administrator_left() -> None:
    """Called last in a transaction: raising undoes it."""
    if not administrators():
        raise Refused(_("Somebody must be able to administer Aperto, and this would leave nobody."))


@transaction.atomic
def create(
    actor: Actor,
    values: Mapping[str, Any],
    *,
    roles: Iterable[UUID],
    teams: Iterable[UUID] = (),
    password: str | None = None,
    via: str = "page",
) -> User:
    """A new user. Without a password they come in by a one-time link and choose one then."""
    require_administrator(actor)
    one_at_a_time()
    cleaned = details.clean(values, ADMINISTERED)
    if not cleaned.get("email") or not cleaned.get("name"):
        raise Invalid({key: [_("Fill this in.")] for key in ("email", "name") if not cleaned.get(key)})
    user = User.objects.create_user(password=password, **cleaned)
    diff = {key: [None, value] for key, value in cleaned.items()}
    changes.note(actor, "user", user.pk, "created", diff, via=via)
    set_roles(actor, user, roles, via=via)
    if wanted := list(teams):
        set_teams(actor, user, wanted, via=via)
    return user


@transaction.atomic
def edit(actor: Actor, user: User, values: Mapping[str, Any], via: str = "page") -> User:
    """Changes what a page shows of a user. People change their own name and looks, administrators all."""
    allowed = OWN if actor.user_id == user.pk and actor.kind == "user" else ()
    if set(values) - set(allowed):
        require_administrator(actor)
        one_at_a_time()
    cleaned = details.clean(values, (*ADMINISTERED, *OWN), user)
    diff = {key: [getattr(user, key), new] for key, new in cleaned.items() if getattr(user, key) != new}
    if not diff:
        return user
    for key, (_old, new) in diff.items():
        setattr(user, key, new)
    user.save(update_fields=list(diff))
    if "email" in diff:
        forget_addresses(user)
    changes.note(actor, "user", user.pk, "changed", diff, via=via)
    actors.rights_changed(user.pk)
    return user


def forget_addresses(user: User) -> None:
    """The former address must not sign in any more, nor may a link that was sent to it."""
    EmailAddress.objects.filter(user_id=user.pk).delete()
    links.forget(user)


@transaction.atomic
def set_roles(actor: Actor, user: User, roles: Iterable[UUID], via: str = "page") -> None:
    require_administrator(actor)
    one_at_a_time()
    wanted = list(Role.objects.filter(pk__in=list(roles)))
    if not wanted:
        raise Invalid({"roles": [_("Choose at least one role.")]})
    before = sorted(user.roles.values_list("name", flat=True))
    user.roles.set(wanted)
    require_an_administrator_left()
    after = sorted(role.name for role in wanted)
    if before != after:
        diff = {"roles": [before, after]}
        changes.note(actor, "user", user.pk, "changed", diff, via=via)
        actors.rights_changed(user.pk)


@transaction.atomic
def set_teams(
    actor: Actor, user: User, teams: Iterable[UUID], main: UUID | None = None, via: str = "page"
) -> None:
    """The teams of a user; `main` is the one that new records of theirs belong to."""
    require_administrator(actor)
    one_at_a_time()
    wanted = set(
        Team.objects.filter(pk__in=list(teams), deleted_at__isnull=True).values_list("pk", flat=True)
    )
    before = set(teams_of(user))
    chosen = main if main in wanted else min(wanted, default=None)
    if before == wanted and user.main_team == chosen:
        return
    TeamMember.objects.filter(user=user).exclude(team__in=wanted).delete()
    TeamMember.objects.bulk_create(TeamMember(user=user, team=team) for team in wanted - before)
    diff: dict[str, list[Any]] = {
        "teams": [sorted(map(str, before)), sorted(map(str, wanted))],
        "main_team": [user.main_team and str(user.main_team), chosen and str(chosen)],
    }
    user.main_team = chosen
    user.save(update_fields=["main_team"])
    changes.note(actor, "user", user.pk, "changed", diff, via=via)
    actors.rights_changed()  # whoever shares a team with them has other mates now


@transaction.atomic
def deactivate(actor: Actor, user: User, via: str = "page") -> None:
    """Shuts a person out at once: their sessions, tokens and links end. What they own stays theirs."""
    require_administrator(actor)
    one_at_a_time()
    if user.pk == actor.user_id:
        raise Refused(_("You cannot deactivate yourself; another administrator can."))
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        return
    user.is_active = False
    require_an_administrator_left()
    sessions.end_all(user)
    tokens.revoke_all(user)
    links.forget(user)
    diff = {"is_active": [True, False]}
    changes.note(actor, "user", user.pk, "deactivated", diff, via=via)
    actors.rights_changed(user.pk)


@transaction.atomic
def reactivate(actor: Actor, user: User, via: str = "page") -> None:
    """Lets a person in again, by their password or a new link; former sessions and tokens stay ended."""
    require_administrator(actor)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return
    user.is_active = True
    diff = {"is_active": [False, True]}
    changes.note(actor, "user", user.pk, "reactivated", diff, via=via)
    actors.rights_changed(user.pk)


@transaction.atomic
def remove_second_factors(actor: Actor, user: User, via: str = "page") -> None:
    """For a person who lost their telephone and recovery codes; their sessions end too."""
    require_administrator(actor)
    removed = factors.remove_all(user)
    if removed:
        sessions.end_all(user)
        diff = {"second_factors": [removed, 0]}
        changes.note(actor, "user", user.pk, "changed", diff, via=via)


def invitation(actor: Actor, user: User, minutes: int = links.INVITATION, via: str = "page") -> str:
    """The token of a one-time link that an administrator hands to somebody else.

    It acts with that person's rights, so only an administrator may ask for it, and history says so.
    """
    require_administrator(actor)
    if not user.is_active:
        raise Refused(_("This person is deactivated."))
    token = links.make(user, minutes)
    changes.note(actor, "user", user.pk, "invited", {}, via=via)
    return token
