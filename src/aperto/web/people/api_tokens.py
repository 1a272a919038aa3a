"""A person's own keys of the API: made here, shown once, revoked at once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import tokens
from aperto.kernel.access.scopes import VERB_LABELS, Verb
from aperto.kernel.errors import Invalid
from aperto.kernel.objects.registry import registry
from aperto.web.people import forms, scopes
from aperto.web.people.doors import person, reauthenticated, user_of
from aperto.web.request import Request

VERBS = (Verb.READ, Verb.CREATE, Verb.EDIT, Verb.ASSIGN, Verb.DELETE)


@person
def show(request: Request) -> HttpResponse:
    held = tokens.of_user(user_of(request).pk)
    rows = [(token, scopes.summary(token.scopes), _is_late(token.expires_at)) for token in held]
    return render(request, "people/tokens.html", {"tokens": rows})


def _is_late(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()


@person
@reauthenticated
def create(request: Request) -> HttpResponse:
    """The answer to the form is the only page that ever shows the secret."""
    form = forms.TokenForm(request.POST or None)
    chosen = request.POST.getlist("scope")
    if request.method == "POST" and form.is_valid():
        wanted = chosen if form.cleaned_data["access"] == "chosen" else [form.cleaned_data["access"]]
        days = form.cleaned_data["expires"]
        expires = timezone.now() + timedelta(days=int(days)) if days else None
        try:
            made = tokens.create(
                request.actor, name=form.cleaned_data["name"], scopes=wanted, expires_at=expires
            )
            return render(request, "people/token_made.html", {"token": made[0], "secret": made[1]})
        except Invalid as invalid:
            forms.show(form, invalid)
    context = {
        "form": form,
        "chosen": chosen,
        "verbs": [(verb, VERB_LABELS[verb]) for verb in VERBS],
        "objects": list(registry),
    }
    return render(request, "people/token_new.html", context, status=422 if form.errors else 200)


@require_POST
@person
def revoke(request: Request, token: UUID) -> HttpResponse:
    name = tokens.revoke(request.actor, token).name
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": name})
    return HttpResponseRedirect(reverse("tokens"))
