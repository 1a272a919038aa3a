"""How often one address may set out for a provider or come back from one."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RATE = {"sign_on": "30/m/ip"}


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Counted whichever provider they go to, by all web processes together."""
    if ratelimit.consume(request, app="aperto", action="sign_on", config=RATE):
        return None
    return render(request, "429.html", status=429)
