"""Where a person is signed in, and ending it from afar."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from aperto.kernel.access.models import User

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """`key` of the session itself is a secret and stays here; `id` names it on pages."""

    id: int
    ip: str
    browser: str
    system: str
    since: datetime
    current: bool

    @property
    def handheld(self) -> bool:
        return self.system in {"iPhone", "iPad", "Android"}


def of_user(user: User, current_key: str | None) -> list[SignedIn]:
    """This session first, then the others, newest first."""
    found = [
        SignedIn(
            id=row.pk,
            ip=row.ip,
            browser=_first(BROWSERS, row.user_agent),
            system=_first(SYSTEMS, row.user_agent),
            since=row.created_at,
            current=row.session_key == current_key,
        )
        for row in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda each: (not each.current, -each.since.timestamp()))


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


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in marks if mark in agent), "")
