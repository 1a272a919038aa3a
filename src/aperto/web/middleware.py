"""Who asks, in which language and zone; and a door that is shut unless a view says otherwise.

A view is open to visitors only when it carries `login_not_required`. The API has a door of its own (tokens).
"""

import json
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from aperto.kernel import shape
from aperto.kernel.access import actors, setup
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.web.people import looking
from aperto.web.request import Request

OWN_DOOR = "/api/"
SIGN_IN = "account_login"
HOME = "/"


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        shape.refresh()
        actor = cast("Request", request).actor = self._actor(request)
        self._speak(request, actor)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        response.headers.setdefault("Cache-Control", "private, no-store")
        # htmx asks for parts under the address of the page; neither may be shown as the other.
        patch_vary_headers(response, ["Cookie", "HX-Request", "Accept-Language"])
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        """Who has signed in, or through whose eyes they look."""
        if not isinstance(request.user, User):
            return ANONYMOUS
        return looking.through(request, actors.of_user(request.user))

    def _speak(self, request: HttpRequest, actor: Actor) -> None:
        if actor is ANONYMOUS:
            translation.activate(translation.get_language_from_request(request))
            timezone.deactivate()
        else:
            translation.activate(actor.viewer.language)
            timezone.activate(actor.viewer.zone_name)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        actor = cast("Request", request).actor
        if actor is not ANONYMOUS or request.path.startswith(OWN_DOOR):
            return looking.refusal(request, actor)
        closed = getattr(view, "login_required", True)
        match = request.resolver_match
        if (closed or (match is not None and match.url_name == SIGN_IN)) and setup.needed():
            return HttpResponseRedirect(reverse("first_run"))
        return _to_sign_in(request) if closed else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and back here afterwards. A part of a page that is open stays open instead: what was
    typed there is not lost, and a word with a link tells what happened."""
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{page.path}?{page.query}".rstrip("?") if page.path.startswith("/") else HOME
        told = {"text": _("You have been signed out. What you typed is still here."), "tone": "bad"}
        link = {"href": redirect_to_login(back).url, "label": _("Sign in")}
        return HttpResponse(status=401, headers={"HX-Trigger": json.dumps({"toast": told | link})})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else HOME)
