"""How a page about an object is opened, and how an act on it is answered.

A view that is wrapped here gets the declaration instead of the word of the address; an object that is
unknown, and one that the actor may not read, are both not there.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Message, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial

type ObjectView[**P] = Callable[Concatenate[Request, ObjectType, P], HttpResponseBase]
type Routed = Callable[..., HttpResponseBase]


def object_page[**P](view: ObjectView[P]) -> Routed:
    """The view of one object, for whoever may read it."""

    @wraps(view)
    def opened(request: HttpRequest, object_key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asking = cast("Request", request)
        try:
            declaration = for_actor(asking.actor, registry.get(object_key))
            if not asking.actor.may(declaration, Verb.READ):
                raise Missing(object_key)
            return view(asking, declaration, *args, **kwargs)
        except Missing:
            raise Http404 from None
        except Refused as refusal:
            raise PermissionDenied(*refusal.args) from None

    return opened


def person_page[**P](view: Callable[Concatenate[Request, P], HttpResponseBase]) -> Routed:
    """A view of no object, for whoever has signed in."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(cast("Request", request), *args, **kwargs)
        except Missing:
            raise Http404 from None
        except Refused as refusal:
            raise PermissionDenied(*refusal.args) from None

    return opened


def done(
    request: HttpRequest,
    text: Message,
    *,
    undo: str = "",
    tone: str = "good",
    to: str = "/",
    events: str = "",
    link: str = "",
) -> HttpResponse:
    """An act that is over: a word about it, a way back or a `link`, and `events` for the page.

    Without scripts, the page that it came from.
    """
    if is_partial(request):
        toast = {"text": str(text), "tone": tone} | ({"undo": undo} if undo else {})
        toast |= {"href": link, "label": _("Show")} if link else {}
        happened: dict[str, Any] = dict.fromkeys(events.split(), True)
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(happened | {"toast": toast})})
    say(request, text, undo)
    return HttpResponseRedirect(origin(request, to))


def origin(request: HttpRequest, fallback: str) -> str:
    """The page of ours that the request came from."""
    referrer = request.headers.get("Referer", "")
    inside = url_has_allowed_host_and_scheme(referrer, {request.get_host()}, request.is_secure())
    return referrer if inside and referrer else fallback
