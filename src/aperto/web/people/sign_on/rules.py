"""At every request: the rules of the person's roles. Who comes from a network that a role does not allow gets
nothing; who lacks a second factor that a role asks for is led to set one up before anything else. What is
sent bit by bit ends when its reader has been shut out.
"""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from aperto.kernel.access import addresses, sign_in_rules
from aperto.kernel.access.models import User
from aperto.web.people.sign_on.streams import guarded
from aperto.web.request import Request

SET_UP = "require_factor"
# What somebody without a second factor may open: the pages that set one up, and the way out.
OPEN = frozenset({
    SET_UP, "account_logout", "account_reauthenticate", "appearance", "mfa_activate_totp", "mfa_add_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "health",
})  # fmt: skip


class SignInRulesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return guarded(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The API judges its tokens itself; a session is nobody there. Whoever looks through another
        person's eyes is judged by their own rules."""
        actor = cast("Request", request).actor
        if actor.kind != "user" and actor.behind is None or not isinstance(request.user, User):
            return None
        rules = sign_in_rules.of_user(request.user)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name != "account_logout" and rules.lists and not rules.allow(addresses.of(request)):
            return shut_out(request)
        if rules.second_factor_since is None or name in OPEN or has_factor(request, request.user):
            return None
        address = reverse(SET_UP)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def shut_out(request: HttpRequest) -> HttpResponse:
    context = {"address": addresses.of(request)}
    return render(request, "people/sign_on/shut_out.html", context, status=403)


def has_factor(request: HttpRequest, user: User) -> bool:
    """An own second factor, or a session that began at a provider that asks for one."""
    if sign_in_rules.has_factor(user):
        return True
    records = get_authentication_records(request, user)
    providers = {record.get("provider") for record in records if record["method"] == "socialaccount"}
    return bool(providers and providers & sign_in_rules.vouching())
