"""Exchange rates: the bank's newest day, and rates of one's own."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access import organisation
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.formats.currencies import currencies
from aperto.kernel.money import manual, rates
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shell import render


class RateForm(forms.Form):
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, min_length=3)
    day = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    rate = forms.DecimalField(
        label=gettext_lazy("Units for one euro"),
        min_value=Decimal("0.00000001"),
        max_digits=20,
        decimal_places=8,
    )

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if code not in currencies() or code == "EUR":
            raise forms.ValidationError(_("This is not the code of a currency."))
        return code


@administrator
def show(request: Request) -> HttpResponse:
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            manual.set_rate(request.actor, given["currency"], given["day"], given["rate"], via="page")
        except Invalid as invalid:
            form.add_error(None, invalid.messages)
        else:
            messages.success(request, _("Saved. New amounts use this rate; kept amounts stay as they are."))
            return HttpResponseRedirect(reverse("rates"))
    newest = rates.newest()
    context = {
        "form": form,
        "day": newest.day if newest else None,
        "bank": sorted(newest.per_euro.items()) if newest else [],
        "stated": manual.stated(),
        "own": organisation.current().currency,
    }
    return render(request, "settings/rates.html", context, status=422 if form.errors else 200)
