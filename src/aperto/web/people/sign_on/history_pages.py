"""Who came in when: one's own, everybody's, and one person's with what they have open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aperto.kernel.access import oversight, people, sessions, sign_ins, sign_ons, tokens
from aperto.kernel.access.models import User
from aperto.web.people.doors import administrator, person, user_of
from aperto.web.request import Request


def _page(request: Request, user: User | None) -> dict[str, object]:
    """A page of the history, by key: `before` is the last one shown."""
    failed = request.GET.get("failed") == "1"
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError:
        before = None
    entries = sign_ins.latest(user, failed=failed, before=before)
    more = entries[-1].id if len(entries) == sign_ins.PAGE else None
    return {"entries": entries, "failed": failed, "more": more, "days": sign_ins.KEPT.days}


@person
def own(request: Request) -> HttpResponse:
    return render(request, "people/sign_on/own.html", _page(request, user_of(request)))


@administrator
def everybody(request: Request) -> HttpResponse:
    return render(request, "people/sign_on/everybody.html", _page(request, None) | {"named": True})


@administrator
def of_user(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    context = {
        "person": found,
        "sessions": sessions.of_user(found, request.session.session_key),
        "tokens": tokens.of_user(found.pk),
        "providers": sign_ons.linked_to(found.pk),
    }
    return render(request, "people/sign_on/of_user.html", context | _page(request, found))


@require_POST
@administrator
def end_session(request: Request, user: UUID, session: int) -> HttpResponse:
    oversight.end_session(request.actor, people.get(user), session)
    messages.success(request, _("That session has ended."))
    return _back(user)


def _back(user: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("user_sign_ins", args=[user]))


@require_POST
@administrator
def end_sessions(request: Request, user: UUID) -> HttpResponse:
    count = oversight.end_sessions(request.actor, people.get(user), keep=request.session.session_key)
    told = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", count)
    messages.success(request, told % {"count": count})
    return _back(user)


@require_POST
@administrator
def revoke_token(request: Request, user: UUID, token: UUID) -> HttpResponse:
    name = oversight.revoke_token(request.actor, people.get(user), token).name
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": name})
    return _back(user)
