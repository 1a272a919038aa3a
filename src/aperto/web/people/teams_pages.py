"""Settings → teams: people who share their records."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.access import membership, people
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.web.people import forms
from aperto.web.people.choices import Choices
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say

DEEPEST = 6  # farther in, a telephone has no room


@administrator
def index(request: Request) -> HttpResponse:
    members = membership.members()
    rows = [
        {"team": team, "depth": min(depth, DEEPEST), "members": members.get(team.pk, [])}
        for team, depth in membership.tree()
    ]
    return render(request, "people/teams.html", {"rows": rows})


def _people() -> Choices:
    return [(str(user.pk), user.name) for user in people.everybody() if user.is_active]


def _parents(team: UUID | None = None) -> Choices:
    """Teams that this one can be a part of; a circle through others is refused when it is saved."""
    return [
        (str(each.pk), "\u2003" * depth + str(each.title))
        for each, depth in membership.tree()
        if each.pk != team
    ]


@administrator
def create(request: Request) -> HttpResponse:
    form = forms.TeamForm(request.POST or None, people=_people(), parents=_parents())
    if request.method == "POST" and form.is_valid() and _save(request, None, form):
        messages.success(request, _("The team is made."))
        return HttpResponseRedirect(reverse("teams"))
    return render(request, "people/team.html", {"form": form}, status=422 if form.errors else 200)


@administrator
def edit(request: Request, team: UUID) -> HttpResponse:
    found = membership.team(team)
    initial = {
        "name": found.name,
        "description": found.description or "",
        "parent": str(found.parent or ""),
        "members": [str(user.pk) for user in membership.members().get(team, [])],
    }
    form = forms.TeamForm(request.POST or None, initial=initial, people=_people(), parents=_parents(team))
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        messages.success(request, _("Saved"))
        return HttpResponseRedirect(reverse("teams"))
    context = {"form": form, "team": found}
    return render(request, "people/team.html", context, status=422 if form.errors else 200)


def _save(request: Request, team: Team | None, form: forms.TeamForm) -> bool:
    told = form.cleaned_data
    parent = Ref("team", UUID(told["parent"])) if told["parent"] else None
    values = {"name": told["name"], "description": told["description"] or None, "parent": parent}
    try:
        with transaction.atomic():
            if team is None:
                made = changes.create(request.actor, "team", values, via="page")
                team = membership.team(made.pk)
            else:
                changes.save(request.actor, team, values, via="page")
            membership.set_members(request.actor, team, [UUID(user) for user in told["members"]])
    except Invalid as invalid:
        forms.show(form, invalid)
    return not form.errors


@require_POST
@administrator
def delete(request: Request, team: UUID) -> HttpResponse:
    found = membership.team(team)
    changes.delete(request.actor, found, via="page")
    told = _("The team “%(name)s” is in the recycle bin.") % {"name": found.name}
    say(request, told, reverse("restore_team", args=[team]))
    return HttpResponseRedirect(reverse("teams"))


@require_POST
@administrator
def restore(request: Request, team: UUID) -> HttpResponse:
    changes.restore(request.actor, "team", team, via="page")
    return HttpResponseRedirect(reverse("teams"))
