"""Settings → users: who may sign in, and what as."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import addresses, factors, membership, organisation, people, roles, sign_in_rules
from aperto.kernel.access.models import User
from aperto.kernel.errors import Invalid, Refused
from aperto.web.people import forms, invitations
from aperto.web.people.choices import team_choices
from aperto.web.people.doors import administrator, reauthenticated
from aperto.web.request import Request
from aperto.web.saying import say

PLAIN = ("name", "email", "language", "zone")


@administrator
def index(request: Request) -> HttpResponse:
    names = {team.pk: str(team.title) for team in membership.teams()}
    in_teams: dict[UUID, list[str]] = {}
    for team, users in membership.members().items():
        for user in users:
            in_teams.setdefault(user.pk, []).append(names.get(team, ""))
    rows = [
        {
            "user": user,
            "roles": ", ".join(role.label for role in user.roles.all()),
            "teams": ", ".join(sorted(filter(None, in_teams.get(user.pk, [])))),
        }
        for user in people.everybody()
    ]
    return render(request, "people/users.html", {"rows": rows})


@administrator
def create(request: Request) -> HttpResponse:
    firm = organisation.current()
    usual = next((str(role.pk) for role in roles.everything() if role.key == "user"), None)
    initial = {"language": firm.language, "zone": firm.zone, "roles": [usual]}
    form = forms.UserForm(request.POST or None, initial=initial, teams=team_choices())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                values = {key: told[key] for key in PLAIN}
                user = people.create(request.actor, values, roles=told["roles"])
                _put_in_teams(request, user, told)
            return _invite(request, user)
        except Invalid as invalid:
            forms.show(form, invalid)
    status = 422 if form.errors else 200
    return render(request, "people/user_new.html", {"form": form}, status=status)


def _put_in_teams(request: Request, user: User, told: dict[str, Any]) -> None:
    if "teams" in told:
        main = UUID(told["main_team"]) if told["main_team"] else None
        people.set_teams(request.actor, user, [UUID(team) for team in told["teams"]], main)


def _invite(request: Request, user: User) -> HttpResponse:
    """The link is sent where mail leaves this machine; where it does not, it is shown to be handed over."""
    address = invitations.address(request, people.invitation(request.actor, user))
    sent = invitations.send(user, address, request.actor.name)
    context = {"person": user, "address": None if sent else address}
    return render(request, "people/user_invited.html", context)


@administrator
def edit(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    teams = people.teams_of(found)
    initial = {key: getattr(found, key) for key in PLAIN} | {
        "roles": [str(role.pk) for role in found.roles.all()],
        "teams": [str(team) for team in teams],
        "main_team": str(found.main_team or ""),
    }
    form = forms.UserForm(request.POST or None, initial=initial, teams=team_choices())
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        messages.success(request, _("Saved"))
        return HttpResponseRedirect(reverse("user", args=[found.pk]))
    context = {
        "form": form,
        "person": found,
        "factors": bool(factors.of_user(found)),
        "self": found.pk == request.actor.user_id,
    }
    return render(request, "people/user.html", context, status=422 if form.errors else 200)


def _save(request: Request, user: User, form: forms.UserForm) -> bool:
    told = form.cleaned_data
    try:
        with transaction.atomic():
            people.edit(request.actor, user, {key: told[key] for key in PLAIN})
            people.set_roles(request.actor, user, told["roles"])
            _put_in_teams(request, user, told)
            _require_a_way_back(request, user)
    except Invalid as invalid:
        forms.show(form, invalid)
    except Refused as refused:
        form.add_error("roles", str(refused))
    return not form.errors


def _require_a_way_back(request: Request, user: User) -> None:
    """Nobody gives themselves a role that does not allow where they are."""
    if user.pk == request.actor.user_id:
        rules = sign_in_rules.of_user(people.get(user.pk))
        if not rules.allow(addresses.of(request)):
            raise Invalid(
                {"roles": [_("One of these roles does not allow your address, and would shut you out.")]}
            )


@require_POST
@administrator
@reauthenticated
def link(request: Request, user: UUID) -> HttpResponse:
    """A new one-time link for somebody who cannot get in; making one is signing in as them, so who asks
    for it has just said who they are."""
    try:
        return _invite(request, people.get(user))
    except Refused as refused:
        return _back(user, request, refused)


def _back(user: UUID, request: Request, refused: Refused | None = None, done: str = "") -> HttpResponse:
    if refused is not None:
        messages.error(request, str(refused))
    elif done:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("user", args=[user]))


@require_POST
@administrator
def deactivate(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    try:
        people.deactivate(request.actor, found)
    except Refused as refused:
        return _back(user, request, refused)
    told = _("%(name)s is signed out everywhere and cannot come in.") % {"name": found.name}
    say(request, told, reverse("reactivate_user", args=[user]))
    return _back(user, request)


@require_POST
@administrator
def reactivate(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    people.reactivate(request.actor, found)
    return _back(user, request, done=_("%(name)s can come in again.") % {"name": found.name})


@require_POST
@administrator
@reauthenticated
def remove_factors(request: Request, user: UUID) -> HttpResponse:
    found = people.get(user)
    people.remove_second_factors(request.actor, found)
    told = _("%(name)s signs in with a password alone until they set up a second factor again.")
    return _back(user, request, done=told % {"name": found.name})
