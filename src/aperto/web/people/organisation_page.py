"""Whose installation this is."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.kernel.access import organisation, setup
from aperto.kernel.errors import Invalid
from aperto.web.people import forms
from aperto.web.people.doors import administrator
from aperto.web.request import Request


@administrator
def show(request: Request) -> HttpResponse:
    row = organisation.current()
    shown = (*setup.FIELDS, "presence")
    form = forms.FirmForm(request.POST or None, initial={key: getattr(row, key) for key in shown})
    if request.method == "POST" and form.is_valid():
        try:
            setup.edit_organisation(request.actor, form.cleaned_data)
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(reverse("organisation"))
        except Invalid as invalid:
            forms.show(form, invalid)
    return render(request, "people/organisation.html", {"form": form}, status=422 if form.errors else 200)
