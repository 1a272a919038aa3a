"""Who may open a page, and how a page answers."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from aperto.kernel.access.models import User
from aperto.kernel.errors import Message, Missing
from aperto.web.request import Request

type View[**P] = Callable[Concatenate[Request, P], HttpResponseBase]
type Routed[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person[**P](view: View[P]) -> Routed[P]:
    """For whoever has signed in (the middleware saw to that); what is not theirs does not exist."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(cast("Request", request), *args, **kwargs)
        except Missing:
            raise Http404 from None

    return opened


def administrator[**P](view: View[P]) -> Routed[P]:
    """For administrators; to everybody else the page does not exist."""

    @wraps(view)
    def opened(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.actor.configures:
            raise Http404
        return view(request, *args, **kwargs)

    return person(opened)


def reauthenticated[**P](view: View[P]) -> View[P]:
    """Asks who is there unless they said so a short while ago; for what touches the safety of accounts."""
    return cast("View[P]", reauthentication_required(view))


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def toast(text: Message, *, tone: str = "good", status: int = 204, **events: object) -> HttpResponse:
    """Nothing to show but a word about what was done."""
    trigger = {"toast": {"text": str(text), "tone": tone}, **events}
    return HttpResponse(status=status, headers={"HX-Trigger": json.dumps(trigger)})
