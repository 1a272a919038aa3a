"""A person's own name, language, zone and looks. Everything saves as it is chosen."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import people
from aperto.kernel.errors import Invalid
from aperto.web.people import forms
from aperto.web.people.doors import person, toast, user_of
from aperto.web.request import Request

LOOKS = ("theme", "density")


@person
def settings(request: Request) -> HttpResponse:
    """The first page of the settings that this person may open."""
    return HttpResponseRedirect(reverse("organisation" if request.actor.configures else "profile"))


@person
def show(request: Request) -> HttpResponse:
    user = user_of(request)
    initial = {"name": user.name, "language": user.language, "zone": user.zone}
    form = forms.ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people.edit(request.actor, user, {key: form.cleaned_data[key] for key in form.changed_data})
            return _saved(request, form)
        except Invalid as invalid:
            forms.show(form, invalid)
    status = 422 if form.errors else 200
    return render(request, "people/profile.html", {"form": form, "person": user}, status=status)


def _saved(request: Request, form: forms.ProfileForm) -> HttpResponse:
    """Another language or zone changes every word and time of the page, so it is fetched anew."""
    anew = {"language", "zone"} & set(form.changed_data)
    if request.headers.get("HX-Request") and not anew:
        return toast(_("Saved"))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("profile")})
    return HttpResponseRedirect(reverse("profile"))


@require_POST
@person
def appearance(request: Request) -> HttpResponse:
    """Theme and density, from the menu of every page; applied there already."""
    chosen = {key: request.POST[key] for key in LOOKS if key in request.POST}
    try:
        people.edit(request.actor, user_of(request), chosen)
    except Invalid:
        return HttpResponse(status=422)
    return HttpResponse(status=204)
