"""The addresses of SAML: the way to the provider, its answer, and what it must know of us."""

import logging

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.sessions import LoginSession
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.access import arrivals, sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.web.people.sign_on import noting, saml
from aperto.web.people.sign_on.adapter import refusal
from aperto.web.people.sign_on.going import on_the_way
from aperto.web.people.sign_on.limits import too_many

logger = logging.getLogger(__name__)


def _sign_on(slug: str) -> SignOn:
    found = sign_ons.by_slug(slug, "saml") if saml.available() else None
    if found is None:
        raise Http404
    return found


@login_not_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A button leads here, so that no other site can send somebody on this way."""
    sign_on = _sign_on(slug)
    if request.method != "POST":
        return render(request, "people/sign_on/begin.html", {"name": sign_on.name})
    if refused := too_many(request):
        return refused
    saml.refresh(sign_on)
    talk = saml.conversation(request, sign_on)
    address = talk.login(return_to="")
    state = {"next": get_next_redirect_url(request) or ""}
    statekit.stash_state(request, provider_id=slug, state=state, state_id=talk.get_last_request_id())
    return on_the_way(request, sign_on.name, HttpResponseRedirect(address))


def _session(request: HttpRequest) -> LoginSession:
    return LoginSession(request, "saml_answer_session", "saml-answer")


@csrf_exempt  # the provider's page posts here; `finish` sees whether this browser asked
@login_not_required
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The browser brings no cookie of ours from another site, so the answer waits one step."""
    _sign_on(slug)
    if refused := too_many(request):
        return refused
    told = request.POST.get("SAMLResponse", "")
    if not told or len(told) > saml.LONGEST:
        return HttpResponse(status=400)
    onward = HttpResponseRedirect(reverse("saml_finish", args=[slug]))
    waiting = _session(request)
    waiting.store.update({"answer": told})
    waiting.store.set_expiry(120)
    waiting.save(onward)
    return onward


@login_not_required
@require_GET
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    sign_on = _sign_on(slug)
    waiting = _session(request)
    told = waiting.store.get("answer", "")
    waiting.delete()
    try:
        judged = saml.judge(request, sign_on, told)
        state = statekit.unstash_state(request, provider_id=slug, state_id=judged.asked)
        if state is None:
            raise saml.Unacceptable("this browser did not ask, or asked before")
        admitted = arrivals.admit(judged.arrival)
    except saml.Unacceptable as error:
        logger.warning("Sign-on %s refused an answer: %s", slug, error)
        noting.turned_away(request, sign_on, "provider")
        return refusal(request, sign_on)
    except arrivals.Turned as turned:
        noting.turned_away(request, sign_on, turned.reason, turned.user, judged.arrival.email)
        return refusal(request, sign_on)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, admitted.user, "socialaccount", provider=slug, uid=admitted.account.uid)
    come_in: HttpResponse = perform_login(request, admitted.user, redirect_url=state["next"] or None)
    return come_in


@login_not_required
@require_GET
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """For the provider, which may need it before the button is shown."""
    found = next((row for row in sign_ons.everything() if row.slug == slug and row.kind == row.SAML), None)
    if found is None or not saml.available():
        raise Http404
    return HttpResponse(saml.metadata(request, found), content_type="application/samlmetadata+xml")
