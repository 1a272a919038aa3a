"""Personal keys of the API: shown once, kept as a hash, cut by scopes, revocable at once.

A plain SHA-256 is enough here: a token is 256 random bits, which nobody can guess one by one.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import router
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import ApiToken, User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.fields.text import plain
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.statements import Word, fetch

MARK = "apt_"
SHOWN = 12  # characters by which a person recognises a token in the list
NAME_LENGTH = 120
MINUTE = timedelta(minutes=1)
OWN = [field.attname for field in ApiToken._meta.concrete_fields]
USERS = [field.attname for field in User._meta.concrete_fields]


def create(
    actor: Actor, *, name: str, scopes: Iterable[str], expires_at: datetime | None, via: str = "page"
) -> tuple[ApiToken, str]:
    """A token of the actor's own, and its secret, which nothing can show again."""
    if actor.kind != "user" or actor.user_id is None:
        raise Refused(_("Only a person who has signed in makes tokens."))
    wanted = sorted(set(scopes))
    _check(name, wanted, expires_at)
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=actor.user_id,
        name=name.strip(),
        prefix=secret[:SHOWN],
        hash=_hash(secret),
        scopes=wanted,
        expires_at=expires_at,
    )
    diff: dict[str, list[Any]] = {"name": [None, token.name], "scopes": [None, wanted]}
    changes.note(actor, "token", token.pk, "created", diff, via=via)
    return token, secret


def _check(name: str, scopes: list[str], expires_at: datetime | None) -> None:
    errors: dict[str, list[Message]] = {}
    try:
        if plain(name, NAME_LENGTH) is None:
            errors["name"] = [_("Give the token a name that says what uses it.")]
    except FieldError as error:
        errors["name"] = [error.message]
    if not scopes or any(scope not in known_scopes() for scope in scopes):
        errors["scopes"] = [_("Choose at least one scope.")]
    if expires_at is not None and expires_at <= timezone.now():
        errors["expires"] = [_("This moment has passed.")]
    if errors:
        raise Invalid(errors)


def known_scopes() -> set[str]:
    objects = ["*", *(each.key for each in registry)]
    return {f"{key}:{verb}" for key in objects for verb in ("*", *Verb)}


def find(secret: str) -> ApiToken | None:
    """The token that this secret opens; None when it is unknown, revoked, late, or of a former user."""
    if not secret.startswith(MARK):
        return None
    token = _of_hash(_hash(secret))
    if token is None or not token.user.is_active:
        return None
    return None if token.expires_at is not None and token.expires_at <= timezone.now() else token


def _of_hash(hash_: str) -> ApiToken | None:
    """The token with its user, by one kept statement: this is asked for each request of the API."""
    rows = fetch(
        ApiToken,
        ("bearer",),
        [Q(hash=Word(hash_)), Q(revoked_at__isnull=True)],
        lambda given: ApiToken.objects.filter(*given).values_list(*OWN, *(f"user__{name}" for name in USERS)),
    )
    alias = router.db_for_read(ApiToken)
    for row in rows:
        token = ApiToken.from_db(alias, OWN, row[: len(OWN)])
        token.user = User.from_db(alias, USERS, row[len(OWN) :])
        return token
    return None


def actor_of(token: ApiToken) -> Actor:
    """The user behind the token, cut to its scopes."""
    actor = actors.of_user(token.user)
    return actor if actor is ANONYMOUS else actor.narrow(frozenset(token.scopes))


def touch(token: ApiToken) -> None:
    """Remembers that the token is in use; written at most once a minute, so that reading stays reading."""
    now = timezone.now()
    if token.last_used_at is not None and now - token.last_used_at < MINUTE:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - MINUTE)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def of_user(user_id: UUID) -> list[ApiToken]:
    """The tokens of a person that still open something or have expired, newest first."""
    return list(ApiToken.objects.filter(user_id=user_id, revoked_at__isnull=True).order_by("-created_at"))


def revoke(actor: Actor, token_id: UUID, via: str = "page") -> ApiToken:
    """Ends one of the actor's own tokens."""
    if actor.kind != "user" or actor.user_id is None:
        raise Missing(token_id)
    token = ApiToken.objects.filter(pk=token_id, user_id=actor.user_id, revoked_at__isnull=True).first()
    if token is None:
        raise Missing(token_id)
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    diff = {"name": [token.name, None]}
    changes.note(actor, "token", token.pk, "revoked", diff, via=via)
    return token


def revoke_all(user: User) -> None:
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
