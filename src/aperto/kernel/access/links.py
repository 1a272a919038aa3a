"""Links that sign a person in once: for the first start, an invitation, or a forgotten password.

Whoever holds the link is the person, so only its hash is kept, it works once and not for long. A second
factor is still asked for: the page that uses a link passes through the same steps as a password.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from aperto.kernel.access.models import SignInLink, User

SHORT = 30  # minutes: printed at a start, asked for by a person who waits
INVITATION = 7 * 24 * 60


def make(user: User, minutes: int = SHORT) -> str:
    """A new token for this user; earlier ones that nobody used stop working."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        forget(user)
        SignInLink.objects.create(
            user=user, hash=_hash(token), expires_at=timezone.now() + timedelta(minutes=minutes)
        )
    return token


def is_usable(token: str) -> bool:
    return _usable(token) is not None


def use(token: str) -> User | None:
    """The user whom the token signs in; None for one that is unknown, used, late, or of a former user."""
    link = _usable(token)
    if link is None:
        return None
    # Of two requests at the same moment only one finds the row unused.
    taken = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now())
    return link.user if taken else None


def forget(user: User) -> None:
    SignInLink.objects.filter(user=user, used_at__isnull=True).delete()


def _usable(token: str) -> SignInLink | None:
    return (
        SignInLink.objects.select_related("user")
        .filter(hash=_hash(token), used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
