"""Who came in or tried to: when, how, from where. Kept for half a year and then forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.access import addresses
from aperto.kernel.access.devices import Device, device
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import SignIn, SignOn
from aperto.kernel.errors import Message

KEPT = timedelta(days=180)
PAGE = 100
BATCH = 500
WAYS: dict[str, Message] = {
    "password": _("Password"),
    "passkey": _("Passkey"),
    "code": _("Code by mail"),
    "link": _("One-time link"),
    "second_factor": _("Second factor"),
    "sign_on": _("Sign-on"),
}
REASONS: dict[str, Message] = {
    "wrong": _("Wrong password, code or passkey"),
    "inactive": _("Deactivated"),
    "network": _("Address not allowed"),
    "provider": _("The provider's answer was not accepted"),
    "unverified": _("The provider does not vouch for the e-mail address"),
    "domain": _("The e-mail address is of another domain"),
    "taken": _("The e-mail address belongs to somebody who is not linked"),
    "no_role": _("No role for the groups"),
    "last_administrator": _("The groups would leave nobody to administer"),
    "incomplete": _("No e-mail address was sent"),
}


@dataclass(frozen=True)
class Entry:
    """A row as pages show it."""

    id: UUID
    user: User | None
    typed: str
    at: datetime
    way: Message
    came_in: bool
    reason: Message
    ip: str
    device: Device


def note(
    *,
    user: User | None,
    way: str,
    came_in: bool,
    ip: str,
    agent: str,
    reason: str = "",
    typed: str = "",
) -> None:
    """`way` is a key of WAYS, or "sign_on:" with the slug of a provider. A typed text that is no e-mail
    address is not kept: it may be a password in the wrong place."""
    SignIn.objects.create(
        user=user,
        typed="" if user else _address(typed),
        way=way[:60],
        came_in=came_in,
        reason=reason,
        ip=str(addresses.parse(ip) or "") or None,
        agent=agent[:200].replace("\0", ""),
    )


def _address(text: str) -> str:
    text = text.strip().lower()[:254]
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def latest(
    user: User | None = None, *, failed: bool = False, before: UUID | None = None, count: int = PAGE
) -> list[Entry]:
    """The newest first; of one user or of everybody, all or the failed ones, older than `before`."""
    rows = SignIn.objects.select_related("user").order_by("-id")
    if user is not None:
        rows = rows.filter(user=user)
    if failed:
        rows = rows.filter(came_in=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _entries(list(rows[:count]))


def _entries(rows: Sequence[SignIn]) -> list[Entry]:
    names = dict(SignOn.objects.values_list("slug", "name")) if any(":" in row.way for row in rows) else {}
    return [
        Entry(
            id=row.pk,
            user=row.user,
            typed=row.typed,
            at=row.at,
            way=_way(row.way, names),
            came_in=row.came_in,
            reason=REASONS.get(row.reason, row.reason),
            ip=row.ip or "",
            device=device(row.agent),
        )
        for row in rows
    ]


def _way(key: str, names: dict[str, str]) -> Message:
    kind, _colon, slug = key.partition(":")
    return names.get(slug, slug) if slug else WAYS.get(kind, kind)


@jobs.every("kernel.forget_sign_ins", at=time(3, 20))
@jobs.task(label=_("Forget old sign-ins"))
def forget_old() -> int:
    """In batches, so that no transaction is long."""
    old, count = SignIn.objects.filter(at__lt=timezone.now() - KEPT), 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        SignIn.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count
