"""Settings → a role → signing in: what is asked of its holders."""

from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access import addresses, roles, sign_in_rules
from aperto.kernel.errors import Invalid
from aperto.web.people import forms
from aperto.web.people.doors import administrator, reauthenticated
from aperto.web.request import Request


class RuleForm(django_forms.Form):
    second_factor = django_forms.BooleanField(
        label=gettext_lazy("Ask for a second factor"),
        required=False,
        help_text=gettext_lazy(
            "Whoever has none is led to set one up before anything else. Their API tokens go on for 14 days."
        ),
    )
    networks = django_forms.CharField(
        label=gettext_lazy("Allowed addresses"),
        required=False,
        max_length=10_000,
        widget=django_forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One network in each line, such as 192.0.2.0/24 or 2001:db8::/32. Empty allows all. "
            "It counts for each page and each token."
        ),
    )


@administrator
@reauthenticated
def show(request: Request, role: UUID) -> HttpResponse:
    found = roles.get(role)
    rule = sign_in_rules.of_role(found)
    here = addresses.of(request)
    kept = {"second_factor": rule.second_factor_since is not None, "networks": "\n".join(rule.networks)}
    form = RuleForm(request.POST or None, initial=kept)
    if request.method == "POST":
        form = RuleForm(request.POST)
        if form.is_valid():
            try:
                sign_in_rules.set_rule(request.actor, found, address=here, **form.cleaned_data)
                messages.success(request, _("Saved"))
                return HttpResponseRedirect(reverse("role_rule", args=[role]))
            except Invalid as invalid:
                forms.show(form, invalid)
    context = {"form": form, "role": found, "label": found.label, "here": here}
    return render(request, "people/sign_on/rule.html", context, status=422 if form.errors else 200)
