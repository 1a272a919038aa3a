"""How a person signs in: password, second factor, passkeys, recovery codes, and where they are signed in."""

import ipaddress

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aperto.kernel.access import factors, sessions
from aperto.web.people.doors import person, user_of
from aperto.web.request import Request


@person
def show(request: Request) -> HttpResponse:
    user = user_of(request)
    context = {
        "person": user,
        "factors": factors.of_user(user),
        "sessions": sessions.of_user(user, request.session.session_key),
        "by_address": is_address(request.get_host()),
    }
    return render(request, "people/security.html", context)


def is_address(host: str) -> bool:
    """Browsers tie a passkey to a name; where the product is opened by a number there can be none."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


@require_POST
@person
def end_one(request: Request, session: int) -> HttpResponse:
    if not sessions.end(user_of(request), session):
        raise Http404
    messages.success(request, _("That session has ended."))
    return HttpResponseRedirect(reverse("security"))


@require_POST
@person
def end_others(request: Request) -> HttpResponse:
    count = sessions.end_all(user_of(request), keep=request.session.session_key)
    told = ngettext("%(count)s other session has ended.", "%(count)s other sessions have ended.", count)
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(reverse("security"))
