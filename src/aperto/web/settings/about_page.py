"""Exactly which version runs, on what, with which parts."""

from django.http import HttpResponse

from aperto.kernel.about import about
from aperto.web.people.doors import person
from aperto.web.request import Request
from aperto.web.shell import render


@person
def show(request: Request) -> HttpResponse:
    """The libraries and the system are for administrators; the version is for everybody."""
    return render(request, "settings/about.html", {"about": about(), "whole": request.actor.configures})
