"""Where django-allauth asks about providers: they are those of the settings, reached by a guarded client, and
`arrivals` says who comes in. Whoever is turned away is told so in general words; administrators read why.
"""

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, ProviderException
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from aperto.kernel.access import arrivals, sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.outbound import Client, Unreachable
from aperto.web.people.sign_on import noting, oidc

logger = logging.getLogger(__name__)


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Only our own table holds providers; those of SAML go their own way."""
        row = sign_ons.by_slug(provider, "oidc") if provider else None
        return [oidc.app_of(row)] if row else []

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> oidc.Provider:
        return oidc.Provider(request, app=self.get_app(request, provider=provider))

    def get_requests_session(self) -> Client:
        return _Client()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        arrival: arrivals.Arrival = sociallogin.arrival
        try:
            admitted = arrivals.admit(arrival)
        except arrivals.Turned as turned:
            noting.turned_away(request, arrival.sign_on, turned.reason, turned.user, arrival.email)
            refuse(request, arrival.sign_on)
        sociallogin.user, sociallogin.account = admitted.user, admitted.account

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """`arrivals` alone decides whether an address is somebody's."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        sign_on = sign_ons.by_slug(provider.app.provider_id)
        if error != AuthError.CANCELLED:
            logger.warning("Sign-on %s failed: %s", provider.app.provider_id, exception or error)
            noting.turned_away(request, sign_on, "provider")
        refuse(request, sign_on, cancelled=error == AuthError.CANCELLED)


class _Client(Client):
    """Fails in the words that allauth expects."""

    def request(self, *args: Any, **options: Any) -> Any:
        try:
            return super().request(*args, **options)
        except Unreachable as error:
            raise ProviderException(str(error)) from error
        except RequestException as error:
            raise ProviderException(type(error).__name__) from error


def refuse(request: HttpRequest, sign_on: SignOn | None, *, cancelled: bool = False) -> NoReturn:
    raise ImmediateHttpResponse(refusal(request, sign_on, cancelled=cancelled))


def refusal(request: HttpRequest, sign_on: SignOn | None, *, cancelled: bool = False) -> HttpResponse:
    """The same words whatever the reason, so that nobody learns who has an account."""
    context = {"name": sign_on.name if sign_on else "", "cancelled": cancelled}
    return render(request, "people/sign_on/refused.html", context, status=403)
