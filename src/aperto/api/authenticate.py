"""Who calls the API: the bearer of a personal token. Sessions are not accepted, so no page can be made to
write through a visitor's cookies."""

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from aperto.api.http import Problem
from aperto.kernel.access import addresses, sign_in_rules, tokens
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.limits import Allowance, portions
from aperto.kernel.access.models import ApiToken

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Aperto"'}


def bearer(request: HttpRequest) -> tuple[ApiToken, Actor, Allowance]:
    """The token of the request, the actor behind it and what is left of its minute."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Problem(401, _("Not signed in"), _("Send a valid API token as bearer."), headers=CHALLENGE)
    if refused := sign_in_rules.token_refused(token.user, addresses.of(request)):
        raise Problem(403, _("Not from here"), str(refused))
    allowance = portions.take(token)
    if not allowance.allowed:
        headers = limits(allowance) | {"Retry-After": str(allowance.retry_after)}
        raise Problem(429, _("Too many requests"), _("This token has used up its minute."), headers=headers)
    tokens.touch(token)
    actor = tokens.actor_of(token)
    translation.activate(actor.viewer.language)
    return token, actor, allowance


def limits(allowance: Allowance) -> dict[str, str]:
    return {"X-RateLimit-Limit": str(allowance.limit), "X-RateLimit-Remaining": str(allowance.remaining)}
