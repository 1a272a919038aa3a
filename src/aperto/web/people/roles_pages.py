"""Settings → roles: what their holders may do, object by object."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import roles
from aperto.kernel.access.models import Role
from aperto.kernel.errors import Invalid, Refused
from aperto.web.people import forms, matrix, scopes
from aperto.web.people.doors import administrator
from aperto.web.people.role_words import outlook
from aperto.web.request import Request


@administrator
def index(request: Request) -> HttpResponse:
    rows = [
        {"role": role, "label": role.label, "summary": scopes.role_summary(role.grants)}
        for role in roles.everything()
    ]
    return render(request, "people/roles.html", {"rows": rows})


@administrator
def create(request: Request) -> HttpResponse:
    """A new role begins as a copy of another one, by default of the ordinary user."""
    sources = roles.everything()
    named = request.GET.get("from", "user")
    source = next((role for role in sources if named in {str(role.pk), role.key}), None)
    grants: Mapping[str, Mapping[str, str]] = source.grants if source else {}
    more = {"conditions": source.conditions, "field_rights": source.field_rights} if source else {}
    form = forms.RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grants = matrix.read(request.POST)
            role = roles.create(request.actor, form.cleaned_data["name"], grants, **more)
            messages.success(request, _("The role is made."))
            return HttpResponseRedirect(reverse("role", args=[role.pk]))
        except Invalid as invalid:
            forms.show(form, invalid)
    return _page(request, form, grants, source=source)


def _page(
    request: Request,
    form: forms.RoleForm,
    grants: Mapping[str, Mapping[str, str]],
    role: Role | None = None,
    source: Role | None = None,
) -> HttpResponse:
    """`source` is the role that a new one is a copy of, with its conditions and fields."""
    rights = role or source
    context = {
        "form": form,
        "role": role,
        "label": role.label if role else _("New role"),
        "fixed": role is not None and role.key == roles.ADMINISTRATOR,
        "summary": scopes.role_summary(grants),
        "verbs": matrix.verbs(),
        "rows": matrix.rows(grants, *(rights.conditions, rights.field_rights) if rights else ()),
        "copied": source.label if source else "",
        "configures": matrix.configures(grants),
    }
    return render(request, "people/role.html", context, status=422 if form.errors else 200)


@administrator
def edit(request: Request, role: UUID) -> HttpResponse:
    found = roles.get(role)
    form = forms.RoleForm(request.POST or None, initial={"name": found.label})
    if found.key:
        del form.fields["name"]
    grants: Mapping[str, Mapping[str, str]] = found.grants
    if request.method == "POST" and form.is_valid():
        try:
            grants = matrix.read(request.POST)
            roles.edit(request.actor, found, name=form.cleaned_data.get("name"), grants=grants)
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(reverse("role", args=[role]))
        except Invalid as invalid:
            forms.show(form, invalid)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, form, grants, found)


@require_POST
@administrator
def preview(request: Request, role: UUID) -> HttpResponse:
    """What saving the grid would change, and for how many people; nothing is written."""
    found = roles.get(role)
    try:
        wanted = roles.Rights(matrix.read(request.POST)).cleaned(request.actor)
    except Invalid:
        return HttpResponse(status=422)
    return render(request, "people/parts/role_outlook.html", {"outlook": outlook(found, wanted)})


@require_POST
@administrator
def delete(request: Request, role: UUID) -> HttpResponse:
    found = roles.get(role)
    try:
        roles.delete(request.actor, found)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("role", args=[role]))
    messages.success(request, _("The role “%(name)s” is gone.") % {"name": found.name})
    return HttpResponseRedirect(reverse("roles"))
