"""Whoever comes in by a provider: recognised, linked, or made a user at that moment, with the roles that the
groups of today give.

An e-mail address links to a user only where the provider is trusted for its domain and has verified it; else
whoever types a colleague's address into their account at some provider would become that colleague.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from aperto.kernel import changes
from aperto.kernel.access import actors, organisation, people, sessions, tokens
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.errors import Invalid, Refused

VIA = "sign_on"


@dataclass(frozen=True)
class Arrival:
    """What the provider says of a person; `subject` is its lasting name for them."""

    sign_on: SignOn
    subject: str
    email: str
    verified: bool
    name: str
    groups: frozenset[str]


@dataclass(frozen=True)
class Admitted:
    user: User
    account: SocialAccount
    new: bool = False  # was linked or made just now


class Turned(Exception):
    """Turned away; `reason` is a key of `sign_ins.REASONS`, for administrators and not for the visitor."""

    def __init__(self, reason: str, user: User | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.user = user


def admit(arrival: Arrival) -> Admitted:
    """Raises Turned. Rights that the groups took away are gone even then."""
    try:
        with transaction.atomic():
            people.one_at_a_time()
            admitted = _known(arrival) or _linked(arrival) or _made(arrival)
            left = _follow_groups(arrival, admitted.user)
    except Refused:
        raise Turned("last_administrator", _user_of(arrival)) from None
    if not left:
        raise Turned("no_role", admitted.user)
    return admitted


def _user_of(arrival: Arrival) -> User | None:
    account = _account(arrival)
    return account.user if account else None


def _account(arrival: Arrival) -> SocialAccount | None:
    found = SocialAccount.objects.select_related("user")
    return found.filter(provider=arrival.sign_on.slug, uid=arrival.subject).first()


def _known(arrival: Arrival) -> Admitted | None:
    account = _account(arrival)
    if account is None:
        return None
    if arrival.email and not _of_the_domain(arrival):
        raise Turned("domain", account.user)
    if not account.user.is_active:
        raise Turned("inactive", account.user)
    account.save()  # remembers the moment
    return Admitted(account.user, account)


def _of_the_domain(arrival: Arrival) -> bool:
    domains = arrival.sign_on.domains
    return not domains or arrival.email.rpartition("@")[2].lower() in domains


def _linked(arrival: Arrival) -> Admitted | None:
    """A user of the same address. One who is linked to another account of the provider stays with that."""
    _require_address(arrival)
    user = User.objects.filter(email=arrival.email.lower()).first()
    if user is None:
        return None
    twice = SocialAccount.objects.filter(provider=arrival.sign_on.slug, user_id=user.pk).exists()
    if not arrival.sign_on.domains or twice:
        raise Turned("taken", user)
    if not user.is_active:
        raise Turned("inactive", user)
    return Admitted(user, _link(arrival, user), new=True)


def _require_address(arrival: Arrival) -> None:
    if not arrival.email:
        raise Turned("incomplete")
    if not _of_the_domain(arrival):
        raise Turned("domain")
    if not (arrival.verified or arrival.sign_on.vouches_email):
        raise Turned("unverified")


def _link(arrival: Arrival, user: User) -> SocialAccount:
    account = SocialAccount.objects.create(user=user, provider=arrival.sign_on.slug, uid=arrival.subject)
    diff = {"sign_on": [None, arrival.sign_on.name]}
    changes.note(_actor(arrival), "user", user.pk, "linked", diff, via=VIA)
    return account


def _actor(arrival: Arrival) -> Actor:
    return system(f"sign-on {arrival.sign_on.name}")


def _made(arrival: Arrival) -> Admitted:
    wanted = _roles_of(arrival)
    if not wanted:
        raise Turned("no_role")
    firm = organisation.current()
    person = {
        "email": arrival.email,
        "name": arrival.name or arrival.email.partition("@")[0],
        "language": firm.language,
        "zone": firm.zone,
    }
    team = arrival.sign_on.team
    try:
        user = people.create(_actor(arrival), person, roles=wanted, teams=[team] if team else [], via=VIA)
    except Invalid:
        raise Turned("incomplete") from None
    return Admitted(user, _link(arrival, user), new=True)


def _roles_of(arrival: Arrival) -> set[UUID]:
    """What the groups give; else the provider's usual role."""
    named = {UUID(role) for group, role in arrival.sign_on.groups.items() if group in arrival.groups}
    usual = {arrival.sign_on.role} if arrival.sign_on.role else set()
    return _existing(named) or _existing(usual)


def _existing(roles: Iterable[UUID]) -> set[UUID]:
    return set(Role.objects.filter(pk__in=list(roles)).values_list("pk", flat=True))


def _follow_groups(arrival: Arrival, user: User) -> bool:
    """Gives and takes the roles that the provider's table names; others, given by hand, stay. False when none
    is left: then nothing that was open stays open."""
    held = set(user.roles.values_list("pk", flat=True))
    table = {UUID(role) for role in arrival.sign_on.groups.values()}
    if not table:
        return bool(held)
    wanted = (held - table - {arrival.sign_on.role}) | _roles_of(arrival)
    if wanted == held:
        return bool(held)
    before = sorted(user.roles.values_list("name", flat=True))
    user.roles.set(Role.objects.filter(pk__in=wanted))
    people.require_an_administrator_left()
    after = sorted(user.roles.values_list("name", flat=True))
    changes.note(_actor(arrival), "user", user.pk, "changed", {"roles": [before, after]}, via=VIA)
    actors.rights_changed(user.pk)
    if not wanted:
        sessions.end_all(user)
        tokens.revoke_all(user)
    return bool(wanted)
