"""Where a person is signed in, and ending it from afar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from aperto.kernel.access.devices import Device, device
from aperto.kernel.access.models import User


@dataclass(frozen=True)
class SignedIn:
    """`key` of the session itself is a secret and stays here; `id` names it on pages."""

    id: int
    ip: str
    device: Device
    since: datetime
    current: bool


def of_user(user: User, current_key: str | None) -> list[SignedIn]:
    """This session first, then the others, newest first."""
    found = [
        SignedIn(
            id=row.pk,
            ip=row.ip,
            device=device(row.user_agent),
            since=row.created_at,
            current=row.session_key == current_key,
        )
        for row in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda each: (not each.current, -each.since.timestamp()))


def is_alive(user_id: UUID, key: str) -> bool:
    """Whether this session still is this active user's."""
    known = UserSession.objects.filter(user_id=user_id, session_key=key, user__is_active=True)
    return bool(known.exists())


def alive(keys: Iterable[str]) -> set[str]:
    """Those of these sessions that have neither ended nor run out."""
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
    return set(rows.values_list("session_key", flat=True))


def end(user: User, session_id: int) -> bool:
    """Ends one session of this user; False when there is none of that number."""
    row = UserSession.objects.filter(user_id=user.pk, pk=session_id).first()
    if row is not None:
        row.end()
    return row is not None


def end_all(user: User, keep: str | None = None) -> int:
    """Ends the user's sessions, all or all but the one of this key; how many that were."""
    rows = UserSession.objects.filter(user_id=user.pk)
    if keep:
        rows = rows.exclude(session_key=keep)
    ended = list(rows)
    for row in ended:
        row.end()
    return len(ended)
