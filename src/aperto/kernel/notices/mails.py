"""The mails in which people are told: plain text and HTML, with one click to have no more of them."""

from collections.abc import Sequence
from email.utils import parseaddr
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.access import organisation
from aperto.kernel.access.models import User
from aperto.kernel.fields.formats.times import write_moment
from aperto.kernel.notices.reading import Told
from aperto.kernel.notices.sorts import SORTS
from aperto.kernel.viewer import Viewer

MOST = 100  # lines of a digest; older ones are on the page
SALT = "notices.mail"
LONGEST_LINE = 900
DIGEST = "*"  # in place of a sort: every mail


class Letter(EmailMultiAlternatives):
    """A mail whose header lines are as long as the protocol allows: folded, an address within would be
    encoded, and no mail program would find it."""

    def message(self, **options: Any) -> Any:
        built = super().message(**options)
        built.policy = built.policy.clone(max_line_length=LONGEST_LINE)
        return built


class Undelivered(Exception):
    """The mail server did not take it."""


def single(user: User, told: Told) -> None:
    title = told.record.title if told.record else ""
    subject = f"{told.sentence}: {title}" if title else told.sentence
    _send(user, subject, [told], told.notice.pk, told.notice.sort)


def digest(user: User, viewer: Viewer, told: Sequence[Told]) -> None:
    count = len(told)
    subject = ngettext("%(count)s notification", "%(count)s notifications", count) % {"count": count}
    _send(user, subject, told, told[0].notice.pk, DIGEST, viewer)


def _send(
    user: User, subject: str, told: Sequence[Told], key: UUID, sort: str, viewer: Viewer | None = None
) -> None:
    stop = settings.ADDRESS + f"/notices/unsubscribe/{token(user.pk, sort)}"
    context: dict[str, Any] = {
        "person": user,
        "subject": subject,
        "groups": _groups(told, viewer),
        "organisation": organisation.current().name,
        "address": settings.ADDRESS,
        "stop": stop,
    }
    message = Letter(
        " ".join(subject.split())[:200],
        render_to_string("notices/mail.txt", context).strip() + "\n",
        to=[user.email],
        headers={
            "Message-ID": f"<{uuid5(key, sort)}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise Undelivered(type(error).__name__) from error


def _groups(told: Sequence[Told], viewer: Viewer | None) -> list[tuple[str, str, list[dict[str, str]]]]:
    """By record: its title, its address, and what happened."""
    groups: dict[UUID | None, tuple[str, str, list[dict[str, str]]]] = {}
    for each in told:
        key, title = (each.record.id, each.record.title) if each.record else (None, "")
        address = settings.ADDRESS + each.url if each.url else ""
        _title, _address, lines = groups.setdefault(key, (title, address, []))
        at = write_moment(each.notice.at, viewer) if viewer else ""
        lines.append({"words": each.sentence, "excerpt": each.excerpt, "at": at})
    return list(groups.values())


def _domain() -> str:
    """Of the sender, which stays the same from one try to the next."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return sender or urlsplit(settings.ADDRESS).hostname or "localhost"


# -- no more of them ---------------------------------------------------------------------------------


def token(user: UUID, sort: str) -> str:
    """What the link at the end of a mail holds; it works without signing in and ends nothing but mail."""
    return signing.dumps([str(user), sort], salt=SALT)


def meant_by(text: str) -> tuple[UUID, str] | None:
    """Whose mails of which sort; None for a link that is not ours."""
    try:
        user, sort = signing.loads(text, salt=SALT)
        return (UUID(user), sort) if sort == DIGEST or sort in SORTS else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def named(sort: str) -> str:
    return _("All e-mail notifications") if sort == DIGEST else str(SORTS[sort].label)
