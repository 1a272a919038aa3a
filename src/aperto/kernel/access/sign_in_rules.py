"""What roles ask of whoever holds them, at every request: a second factor, and an address of some networks.

Whoever holds several roles meets the rules of each. Held per process like actors, until the user's stamp says
that rights have changed.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, addresses, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.addresses import Network
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.sign_on_models import RoleRule, SignOn
from aperto.kernel.errors import Invalid, Message

TOKENS_KEPT = timedelta(days=14)  # a token of somebody without a second factor works so long after the rule
KEPT = 2_000
MOST_NETWORKS = 200
_held: OrderedDict[tuple[UUID, int], "Rules"] = OrderedDict()


@dataclass(frozen=True)
class Rules:
    """`lists` holds the networks of each role that has any: an address must lie within every one."""

    second_factor_since: datetime | None = None
    lists: tuple[tuple[Network, ...], ...] = ()

    def allow(self, address: str) -> bool:
        return all(addresses.within(address, networks) for networks in self.lists)


def of_user(user: User) -> Rules:
    key = (user.pk, user.stamp)
    rules = _held.get(key)
    if rules is None:
        rules = _held[key] = _read(user)
        if len(_held) > KEPT:
            _held.popitem(last=False)
    return rules


def _read(user: User) -> Rules:
    rows = list(RoleRule.objects.filter(role__users=user))
    since = min((row.second_factor_since for row in rows if row.second_factor_since), default=None)
    lists = tuple(_networks(row.networks) for row in rows if row.networks)
    return Rules(since, lists)


def _networks(lines: Iterable[str]) -> tuple[Network, ...]:
    return tuple(found for line in lines if (found := addresses.network(line)) is not None)


def has_factor(user: User) -> bool:
    """An authenticator app or a passkey; recovery codes alone do not count."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def vouching() -> set[str]:
    """Slugs of providers that ask for a second factor themselves."""
    return set(SignOn.objects.filter(enabled=True, vouches_factor=True).values_list("slug", flat=True))


def token_refused(user: User, address: str) -> Message:
    """Why a token of this user opens nothing from here; empty when it does."""
    rules = of_user(user)
    if not rules.allow(address):
        return _("Your role does not allow this address.")
    since = rules.second_factor_since
    if since is None or timezone.now() - since < TOKENS_KEPT or has_factor(user):
        return ""
    if SocialAccount.objects.filter(user_id=user.pk, provider__in=vouching()).exists():
        return ""
    return _("Your role asks for a second factor. Set one up, and your tokens work again.")


def of_role(role: Role) -> RoleRule:
    """The rule of a role; an unsaved one that asks nothing when there is none."""
    return RoleRule.objects.filter(role=role).first() or RoleRule(role=role)


@transaction.atomic
def set_rule(
    actor: Actor, role: Role, *, second_factor: bool, networks: str, address: str, via: str = "page"
) -> RoleRule:
    """`networks` is text, one network in each line; `address` is the actor's own, which a role of theirs must
    go on to allow."""
    people.require_administrator(actor)
    people.one_at_a_time()
    rule, wanted = of_role(role), _parse(networks)
    held = role.users.filter(pk=actor.user_id).exists()
    if held and wanted and not addresses.within(address, _networks(wanted)):
        told = _("You hold this role, and this list would shut you out: your address is %(address)s.")
        raise Invalid({"networks": [told % {"address": address or "?"}]})
    asked = rule.second_factor_since or timezone.now()
    since = asked if second_factor else None
    diff: dict[str, list[object]] = {}
    if bool(rule.second_factor_since) != second_factor:
        diff["second_factor"] = [not second_factor, second_factor]
    if rule.networks != wanted:
        diff["networks"] = [rule.networks, wanted]
    if diff:
        rule.second_factor_since, rule.networks = since, wanted
        rule.save()
        changes.note(actor, "role", role.pk, "changed", diff, via=via)
        actors.rights_changed()
    return rule


def _parse(text: str) -> list[str]:
    lines = [line for line in text.replace(",", "\n").split("\n") if line.strip()]
    found = [(line.strip(), addresses.network(line)) for line in lines]
    if wrong := [line for line, network in found if network is None]:
        told = _("%(line)s is neither an address nor a network such as 192.0.2.0/24.")
        raise Invalid({"networks": [told % {"line": wrong[0][:60]}]})
    if len(found) > MOST_NETWORKS:
        raise Invalid({"networks": [_("These are too many; name larger networks.")]})
    return list(dict.fromkeys(str(network) for _line, network in found))


def lift(actor: Actor, user: User, via: str = "command") -> list[str]:
    """Takes the lists of networks off all roles of this user, for an administrator who is shut out."""
    people.require_administrator(actor)
    names = []
    for rule in RoleRule.objects.filter(role__users=user).exclude(networks=[]).select_related("role"):
        changes.note(actor, "role", rule.role_id, "changed", {"networks": [rule.networks, []]}, via=via)
        RoleRule.objects.filter(pk=rule.pk).update(networks=[])
        names.append(rule.role.name)
    actors.rights_changed()
    return names
