"""View as: an administrator looks through another person's eyes, in this session, until they end it.

What is looked at is the kernel's read-only actor; here the session remembers whose eyes, and whatever would
write is refused before its page is asked. Tokens have no session, so none looks through anybody.
"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import actors, people, viewing
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import Missing, Refused
from aperto.web.people.doors import administrator, person, toast
from aperto.web.request import Request

SESSION = "viewing_as"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
END, LEAVE = "end_viewing", "account_logout"
OPEN = frozenset({END, LEAVE, "list_filter"})  # a filter is sent, and only shows
OWN = ("/profile", "/account/")  # pages of whoever has signed in, not of whom they look through


def through(request: HttpRequest, actor: Actor) -> Actor:
    """The actor of this request: another's while the administrator looks through their eyes."""
    seen = request.session.get(SESSION)
    if seen is None:
        return actor
    try:
        return actors.viewing_as(actor, people.get(UUID(seen)))
    except (Refused, Missing, ValueError):
        end(request)  # either of them has lost what this asks for
        return actor


def refusal(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """What looking does not reach: writing, and the administrator's own pages."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if actor.behind is None or name in OPEN:
        if actor.behind is not None and name == LEAVE and request.method == "POST":
            end(request)
        return None
    if request.method in SAFE and not request.path.startswith(OWN):
        return None
    text = _("You only look through another person's eyes. End this first.")
    if request.headers.get("HX-Request"):
        return toast(text, tone="bad", status=403)
    raise PermissionDenied(text)


def end(request: HttpRequest) -> UUID | None:
    """Stops looking, and says so in the history of the person; their key."""
    seen = request.session.pop(SESSION, None)
    try:
        user = people.get(UUID(seen or ""))
        viewing.end(actors.of_user(cast("User", request.user)), user)
    except (Missing, Refused, ValueError):
        return None
    return user.pk


@require_POST
@administrator
def start(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    try:
        viewing.start(request.actor, found)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("user", args=[user]))
    request.session[SESSION] = str(found.pk)
    return HttpResponseRedirect(reverse("home"))


@require_POST
@person
def stop(request: Request) -> HttpResponse:
    seen = end(request)
    return HttpResponseRedirect(reverse("user", args=[seen]) if seen else reverse("home"))
