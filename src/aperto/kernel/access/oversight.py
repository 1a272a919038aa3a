"""What an administrator ends of somebody else's: sessions and tokens. History says so."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from aperto.kernel import changes
from aperto.kernel.access import people, sessions
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import ApiToken, User
from aperto.kernel.errors import Missing


@transaction.atomic
def end_session(actor: Actor, user: User, session: int, via: str = "page") -> None:
    people.require_administrator(actor)
    if not sessions.end(user, session):
        raise Missing(session)
    changes.note(actor, "user", user.pk, "signed out", {"sessions": [1, 0]}, via=via)


@transaction.atomic
def end_sessions(actor: Actor, user: User, keep: str | None = None, via: str = "page") -> int:
    """All of them, but the one of this key; how many that were."""
    people.require_administrator(actor)
    count = sessions.end_all(user, keep)
    if count:
        changes.note(actor, "user", user.pk, "signed out", {"sessions": [count, 0]}, via=via)
    return count


@transaction.atomic
def revoke_token(actor: Actor, user: User, token_id: UUID, via: str = "page") -> ApiToken:
    people.require_administrator(actor)
    token = ApiToken.objects.filter(pk=token_id, user=user, revoked_at__isnull=True).first()
    if token is None:
        raise Missing(token_id)
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    changes.note(actor, "token", token.pk, "revoked", {"name": [token.name, None]}, via=via)
    return token
