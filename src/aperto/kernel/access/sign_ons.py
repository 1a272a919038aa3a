"""Providers that vouch for people (OIDC, SAML): the one place that reads and writes them.

A secret is sealed with the installation's key, is never shown again, and stands in no history.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import people, sealed
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role
from aperto.kernel.access.sign_on_models import SignInPolicy, SignOn
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Invalid, Message, Missing, Refused

PURPOSE = "sign-on"
POLICY = UUID(int=2)  # what history calls the one row of the policy
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
PLAIN = ("name", "enabled", "vouches_email", "vouches_factor", "groups_claim")
OF_KIND = {SignOn.OIDC: ("issuer", "client_id"), SignOn.SAML: ("metadata_url", "entity_id", "idp")}
HIDDEN = "•••"
type Kind = Literal["oidc", "saml"]


@dataclass(frozen=True)
class Access:
    """Who comes in by a provider and what as: mail domains (none means all), roles by group, and the role and
    team of whoever is in none of the groups."""

    domains: tuple[str, ...] = ()
    groups: Mapping[str, UUID] | None = None
    role: UUID | None = None
    team: UUID | None = None


def everything() -> list[SignOn]:
    return list(SignOn.objects.all())


def enabled() -> list[SignOn]:
    return list(SignOn.objects.filter(enabled=True))


def get(sign_on_id: UUID) -> SignOn:
    found = SignOn.objects.filter(pk=sign_on_id).first()
    if found is None:
        raise Missing(sign_on_id)
    return found


def by_slug(slug: str, kind: Kind | None = None) -> SignOn | None:
    """An enabled provider."""
    rows = SignOn.objects.filter(slug=slug, enabled=True)
    return (rows.filter(kind=kind) if kind else rows).first()


def secret_of(sign_on: SignOn) -> str:
    """For the conversation with the provider alone; empty when it cannot be read any more."""
    try:
        return sealed.unseal(PURPOSE, sign_on.secret) if sign_on.secret else ""
    except sealed.Unreadable:
        return ""


@transaction.atomic
def create(actor: Actor, kind: Kind, values: Mapping[str, Any], access: Access, via: str = "page") -> SignOn:
    people.require_administrator(actor)
    name = str(values.get("name", ""))
    slug = f"{slugify(name)[:20] or kind}-{get_random_string(6, '23456789abcdefghjkmnpqrstuvwxyz')}"
    row = SignOn(kind=kind, slug=slug)
    diff = _put(row, values, access)
    row.save(force_insert=True)
    changes.note(actor, "sign_on", row.pk, "created", diff, via=via)
    return row


@transaction.atomic
def edit(
    actor: Actor, sign_on: SignOn, values: Mapping[str, Any], access: Access, via: str = "page"
) -> SignOn:
    people.require_administrator(actor)
    diff = _put(sign_on, values, access)
    if diff:
        _require_a_way(sign_on)
        sign_on.save()
        changes.note(actor, "sign_on", sign_on.pk, "changed", diff, via=via)
    return sign_on


def _put(row: SignOn, values: Mapping[str, Any], access: Access) -> dict[str, list[Any]]:
    """Takes over what differs; the difference, without secrets."""
    wanted = {key: values[key] for key in (*PLAIN, *OF_KIND[row.kind]) if key in values} | _access(access)
    diff = {key: [getattr(row, key), new] for key, new in wanted.items() if getattr(row, key) != new}
    for key, (_old, new) in diff.items():
        setattr(row, key, new)
    if values.get("secret"):
        diff["secret"] = [HIDDEN if row.secret else None, HIDDEN]
        row.secret = sealed.seal(PURPOSE, str(values["secret"]))
    diff |= {key: [_text(old), _text(new)] for key, (old, new) in diff.items() if key in {"role", "team"}}
    if row.vouches_email and not row.domains:
        told = _("Name the domains whose addresses this provider vouches for.")
        raise Invalid({"domains": [told]})
    return diff


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _access(access: Access) -> dict[str, Any]:
    domains = [domain.lower().strip().removeprefix("@") for domain in access.domains]
    if wrong := [domain for domain in domains if not DOMAIN.fullmatch(domain)]:
        told = _("%(domain)s is not a domain such as example.org.")
        raise Invalid({"domains": [told % {"domain": wrong[0][:60]}]})
    groups = {group: role for group, role in (access.groups or {}).items() if group.strip()}
    asked = {*groups.values(), *filter(None, [access.role])}
    if asked - set(Role.objects.values_list("pk", flat=True)):
        raise Invalid({"groups": [_("There is no such role.")]})
    if access.team and not Team.objects.filter(pk=access.team, deleted_at__isnull=True).exists():
        raise Invalid({"team": [_("There is no such team.")]})
    if not groups and access.role is None:
        raise Invalid({"role": [_("Choose a role, or name the groups that give one.")]})
    return {
        "domains": list(dict.fromkeys(domains)),
        "groups": {group.strip()[:200]: str(role) for group, role in groups.items()},
        "role": access.role,
        "team": access.team,
    }


def keep_metadata(sign_on: SignOn, idp: dict[str, Any]) -> None:
    """What was read again at the address that an administrator named."""
    SignOn.objects.filter(pk=sign_on.pk).update(idp=idp)
    sign_on.idp = idp


@transaction.atomic
def delete(actor: Actor, sign_on: SignOn, via: str = "page") -> None:
    """People who came in by it keep their account, and need another way in."""
    people.require_administrator(actor)
    sign_on.enabled = False
    _require_a_way(sign_on)
    SocialAccount.objects.filter(provider=sign_on.slug).delete()
    record = sign_on.pk
    sign_on.delete()
    changes.note(actor, "sign_on", record, "deleted", {"name": [sign_on.name, None]}, via=via)


def _require_a_way(changed: SignOn) -> None:
    if not own_ways() and not changed.enabled and not _others(changed):
        raise Refused(_("Passwords are switched off, and this is the only provider left."))


def _others(changed: SignOn) -> bool:
    return SignOn.objects.filter(enabled=True).exclude(pk=changed.pk).exists()


def own_ways() -> bool:
    """Whether passwords, passkeys and codes by mail open the product beside the providers."""
    row = SignInPolicy.objects.filter(pk=1).first()
    return row is None or row.own_ways


@transaction.atomic
def set_own_ways(actor: Actor, allowed: bool, via: str = "page") -> None:
    """Only somebody who comes in by a provider may switch the other ways off, or they shut themselves out.
    `aperto user link` remains a way in for whoever sits at the machine."""
    people.require_administrator(actor)
    before = own_ways()
    if before == allowed:
        return
    slugs = [row.slug for row in enabled()]
    linked = SocialAccount.objects.filter(user_id=actor.user_id, provider__in=slugs).exists()
    if not allowed and not linked:
        told: Message = _("First sign in by one of the providers yourself, so that you can come in again.")
        raise Refused(told)
    SignInPolicy.objects.update_or_create(pk=1, defaults={"own_ways": allowed})
    changes.note(actor, "sign_in_policy", POLICY, "changed", {"own_ways": [before, allowed]}, via=via)


def linked_to(user_id: UUID) -> list[SignOn]:
    """Providers by which this user has come in."""
    slugs = SocialAccount.objects.filter(user_id=user_id).values_list("provider", flat=True)
    return list(SignOn.objects.filter(slug__in=list(slugs)))
