"""How a one-time link reaches the person it is for."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from aperto.kernel.access import organisation
from aperto.kernel.access.models import User

logger = logging.getLogger(__name__)
ELSEWHERE = "smtp"


def address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("sign_in_link", args=[token]))


def mail_leaves() -> bool:
    """Whether a mail server is set; without one, mail is a file in the data folder that nobody awaits."""
    return ELSEWHERE in settings.MAILERS["default"]["BACKEND"]


def send(user: User, link: str, inviter: str) -> bool:
    """True when the mail was handed to a server."""
    if not mail_leaves():
        return False
    context = {"person": user, "link": link, "inviter": inviter, "organisation": organisation.current().name}
    with translation.override(user.language):
        subject = " ".join(render_to_string("people/email/invitation_subject.txt", context).split())
        body = render_to_string("people/email/invitation_message.txt", context).strip()
    try:
        EmailMessage(subject, body, to=[user.email]).send()
    except (SMTPException, OSError) as error:
        logger.error("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True
