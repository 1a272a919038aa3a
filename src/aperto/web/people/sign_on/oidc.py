"""OpenID Connect: django-allauth's flow with what it leaves open. PKCE and a nonce always; the ID token's
signature is always checked, by asymmetric algorithms alone; issuer and subject must be those that were asked.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from aperto.kernel.access import sign_ons
from aperto.kernel.access.arrivals import Arrival
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.outbound import Client
from aperto.web.people.sign_on.going import on_the_way
from aperto.web.people.sign_on.limits import too_many

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCK = 60  # seconds that the provider's clock may be off
CONFIGURATION = "/.well-known/openid-configuration"


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is not typed
    def get_oauth2_adapter(self, request: HttpRequest) -> "Adapter":
        return Adapter(request, self.app.provider_id)

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **asked: Any
    ) -> HttpResponse:
        """Nothing of what the request asks for (scope, parameters, process) reaches the provider."""
        nonce = secrets.token_urlsafe(24)
        answer: HttpResponse = super().redirect(
            request,
            AuthProcess.LOGIN,
            next_url,
            scope=self.get_default_scope(),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
        return on_the_way(request, self.app.name, answer)

    def extract_extra_data(self, claims: Any) -> dict[str, Any]:
        """What the provider tells of a person beyond what makes them a user is not kept."""
        return {}


def app_of(sign_on: SignOn) -> SocialApp:
    """What allauth calls an app; never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=sign_on.slug,
        name=sign_on.name,
        client_id=sign_on.client_id,
        secret=sign_ons.secret_of(sign_on),
        settings={"server_url": sign_on.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )


def discover(client: Client, issuer: str) -> dict[str, Any]:
    """What the provider publishes about itself. Raises OAuth2Error when it is not the issuer's."""
    answer = client.get(issuer.rstrip("/") + CONFIGURATION)
    try:
        told = answer.json() if answer.ok else None
    except ValueError:
        told = None
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if not isinstance(told, dict) or any(not isinstance(told.get(key), str) for key in needed):
        raise OAuth2Error("no configuration")
    if told["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise OAuth2Error("another issuer")
    return told


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """One sign-in's conversation; `nonce` is what the browser's session remembers of it."""

    nonce: str = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_told"):
            with get_adapter().get_requests_session() as client:
                self._told = discover(client, self.get_provider().app.settings["server_url"])
        return self._told

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **more: Any) -> SocialLogin:
        identity = self._identity(app, more["response"].get("id_token"))
        claims = self._told_of(identity, token.token) | identity
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        sign_on = sign_ons.by_slug(app.provider_id, "oidc")
        if sign_on is None:
            raise OAuth2Error("no such provider")
        login.arrival = arrival(sign_on, claims)
        return login

    def _identity(self, app: SocialApp, id_token: object) -> dict[str, Any]:
        if not isinstance(id_token, str):
            raise OAuth2Error("no ID token")
        try:
            identity: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(jwt.get_unverified_header(id_token)),
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=CLOCK,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise OAuth2Error("invalid ID token") from error
        if (
            isinstance(identity["aud"], list)
            and len(identity["aud"]) > 1
            and identity.get("azp") != app.client_id
        ):
            raise OAuth2Error("made for another client")
        if not self.nonce or not secrets.compare_digest(str(identity.get("nonce", "")), self.nonce):
            raise OAuth2Error("another nonce")
        return identity

    def _key(self, header: Mapping[str, Any]) -> jwt.PyJWK:
        """The provider's key of this name, made for this algorithm; never one that the token brings along."""
        with get_adapter().get_requests_session() as client:
            told = client.get(self.openid_config["jwks_uri"]).json()
        keys = told.get("keys") if isinstance(told, dict) else None
        named = [key for key in keys or [] if key.get("kid") == header.get("kid")]
        if len(named) != 1 or header.get("alg") not in ALGORITHMS:
            raise OAuth2Error("no such key")
        return jwt.PyJWK(named[0], algorithm=str(header["alg"]))

    def _told_of(self, identity: Mapping[str, Any], access_token: str) -> dict[str, Any]:
        """Claims of the userinfo endpoint, when there is one; they must be about the same person."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        told: dict[str, Any] = self._fetch_user_info(access_token)
        if told.get("sub") != identity["sub"]:
            raise OAuth2Error("another subject")
        return told


def arrival(sign_on: SignOn, claims: Mapping[str, Any]) -> Arrival:
    groups = claims.get(sign_on.groups_claim) or []
    listed = [groups] if isinstance(groups, str) else groups
    return Arrival(
        sign_on=sign_on,
        subject=str(claims["sub"]),
        email=str(claims.get("email") or "").strip(),
        verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or claims.get("preferred_username") or "").strip()[:200],
        groups=frozenset(map(str, listed if isinstance(listed, list) else [])),
    )


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth is not typed
    def _get_state(self, request: HttpRequest, provider: Provider) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


def _adapter(request: HttpRequest, slug: str) -> Adapter:
    if sign_ons.by_slug(slug, "oidc") is None:
        raise Http404
    return Adapter(request, slug)


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = _adapter(request, provider_id)
    if request.method == "POST" and (refused := too_many(request)):
        return refused
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    except (OAuth2Error, ProviderException) as error:
        return unanswered(request, adapter, error)
    return answer


def unanswered(request: HttpRequest, adapter: Adapter, error: Exception) -> HttpResponse:
    answer: HttpResponse = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    answer: HttpResponse = Callback.adapter_view(_adapter(request, provider_id))(request)
    return answer
