"""Where a role asks for a second factor and there is none yet: two ways to set one up, and out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from aperto.kernel.access import sign_in_rules
from aperto.web.people.doors import person, user_of
from aperto.web.people.security import is_address
from aperto.web.people.sign_on import rules
from aperto.web.request import Request


@person
def show(request: Request) -> HttpResponse:
    user = user_of(request)
    if sign_in_rules.of_user(user).second_factor_since is None or rules.has_factor(request, user):
        return HttpResponseRedirect(reverse("security"))
    context = {"by_address": is_address(request.get_host())}
    return render(request, "people/sign_on/factor.html", context)
