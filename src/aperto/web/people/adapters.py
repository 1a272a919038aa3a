"""Where django-allauth asks how Aperto wants it: nobody signs up, mail speaks the reader's language,
a mail server that is down tells nobody who has an account, and second factors are kept encrypted.
"""

import logging
import time
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from aperto.kernel.access import addresses, organisation, sealed, sign_in_rules
from aperto.kernel.access.models import User
from aperto.web.people.sign_on import noting, rules

logger = logging.getLogger(__name__)
SECOND_FACTORS = "second factors"
PROVIDER_SESSION = timedelta(hours=12)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Whoever has just signed in has just said who they are; the library asks a second time."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(
            time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records
        )
        return not fresh and super().is_reauthentication_required(app=app, **options)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        noting.failed(request, "password", "wrong", typed=str(credentials.get("email", "")))

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        """Every way in passes here, before a second factor is asked for."""
        way = noting.way_of(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **options)
        if answer is not None:
            noting.failed(request, way, "inactive", user)
        elif not sign_in_rules.of_user(user).allow(addresses.of(request)):
            noting.failed(request, way, "network", user)
            clear_login(request)
            answer = rules.shut_out(request)
        return answer

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Whom a provider let in asks it again next day: a group or account lost there is lost here."""
        noting.came_in(request, user)
        if noting.way_of(request, user).startswith("sign_on:"):
            request.session.set_expiry(timezone.now() + PROVIDER_SESSION)
        answer: HttpResponse = super().post_login(request, user, **options)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Failing loudly here would answer differently for addresses that have an account."""
        reader = context.get("user")
        language = reader.language if isinstance(reader, User) else translation.get_language()
        context = {**context, "organisation": organisation.current().name}
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.error("A mail could not be sent (%s): %s", template_prefix, type(error).__name__)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    def get_totp_issuer(self) -> str:
        return organisation.current().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": organisation.current().name}

    def encrypt(self, text: str) -> str:
        return sealed.seal(SECOND_FACTORS, text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(SECOND_FACTORS, encrypted_text)
