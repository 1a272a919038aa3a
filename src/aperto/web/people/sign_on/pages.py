"""Settings → sign-on: providers, what each gives, and whether there are other ways in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.access.sign_ons import Kind
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.outbound import Unreachable
from aperto.web.people.choices import role_choices
from aperto.web.people.doors import administrator, reauthenticated
from aperto.web.people.forms import show
from aperto.web.people.sign_on import forms, probe, saml
from aperto.web.request import Request


@administrator
def index(request: Request) -> HttpResponse:
    context = {
        "rows": sign_ons.everything(),
        "own_ways": sign_ons.own_ways(),
        "saml": saml.available(),
    }
    return render(request, "people/sign_on/index.html", context)


@require_POST
@administrator
@reauthenticated
def ways(request: Request) -> HttpResponse:
    allowed = request.POST.get("own_ways") == "1"
    try:
        sign_ons.set_own_ways(request.actor, allowed)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved"))
    return HttpResponseRedirect(reverse("sign_on"))


@administrator
@reauthenticated
def create(request: Request, kind: Kind) -> HttpResponse:
    if kind not in forms.FORMS or (kind == SignOn.SAML and not saml.available()):
        raise Http404
    form = forms.FORMS[kind](request.POST or None, initial={"vouches_email": kind == SignOn.SAML})
    if request.method == "POST" and form.is_valid():
        row = _save(request, form, kind, None)
        if row is not None:
            messages.success(request, _("The provider is kept. Tell it our address, and test."))
            return HttpResponseRedirect(reverse("edit_sign_on", args=[row.pk]))
    return _page(request, form, kind, None)


def _page(request: Request, form: forms.SignOnForm, kind: str, row: SignOn | None) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "row": row,
        "top": [form[name] for name in form.top],
        "lines": forms.lines(row, request.POST if request.method == "POST" else None),
        "roles": role_choices(),
        "ours": _ours(request, row) if row else [],
    }
    return render(request, "people/sign_on/edit.html", context, status=422 if form.errors else 200)


def _ours(request: Request, row: SignOn) -> list[tuple[str, str]]:
    """What the provider must be told, to copy."""
    if row.kind == SignOn.OIDC:
        callback = reverse("openid_connect_callback", args=[row.slug])
        return [(_("Redirect address"), request.build_absolute_uri(callback))]
    ours = saml.addresses(request, row)
    return [
        (_("Entity id and metadata"), ours["entity_id"]),
        (_("Address for answers (ACS)"), ours["answers"]),
    ]


def _save(request: Request, form: forms.SignOnForm, kind: Kind, row: SignOn | None) -> SignOn | None:
    told = form.cleaned_data
    try:
        values = {**told, **(_metadata(told, row) if kind == SignOn.SAML else _issuer(told))}
        access = forms.access(told, request.POST)
        if row is None:
            return sign_ons.create(request.actor, kind, values, access)
        return sign_ons.edit(request.actor, row, values, access)
    except Invalid as invalid:
        show(form, invalid)
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _issuer(told: dict[str, Any]) -> dict[str, Any]:
    """The address without what the standard adds, which people copy with it."""
    return {"issuer": told["issuer"].removesuffix("/.well-known/openid-configuration")}


def _metadata(told: dict[str, Any], row: SignOn | None) -> dict[str, Any]:
    """What is needed of the metadata; read where something about it was said anew."""
    try:
        if told["metadata"]:
            return {"idp": saml.read_metadata(told["metadata"], told["entity_id"]), "metadata_url": ""}
        if told["metadata_url"]:
            return {"idp": saml.fetch_metadata(told["metadata_url"], told["entity_id"])}
    except Unreachable as error:
        raise Invalid({"metadata_url": [error.message]}) from None
    except saml.Unacceptable as error:
        told_so = _("This is no metadata of a SAML provider (%(error)s).") % {"error": error}
        raise Invalid({"metadata" if told["metadata"] else "metadata_url": [told_so]}) from None
    if row is None or not row.idp or row.metadata_url:
        raise Invalid({"metadata_url": [_("Name the address of the metadata, or paste it.")]})
    return {"metadata_url": ""}


@administrator
@reauthenticated
def edit(request: Request, sign_on: UUID) -> HttpResponse:
    row = sign_ons.get(sign_on)
    kept = forms.initial(row)
    form = forms.FORMS[row.kind](request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid() and _save(request, form, row.kind, row) is not None:  # type: ignore[arg-type]  # a column of two words
        messages.success(request, _("Saved"))
        return HttpResponseRedirect(reverse("edit_sign_on", args=[sign_on]))
    return _page(request, form, row.kind, row)


@require_POST
@administrator
def test(request: Request, sign_on: UUID) -> HttpResponse:
    """Asks the provider what can be asked without a person."""
    row = sign_ons.get(sign_on)
    context = {"row": row, "findings": probe.look(row), "ours": _ours(request, row)}
    return render(request, "people/sign_on/tested.html", context)


@require_POST
@administrator
@reauthenticated
def delete(request: Request, sign_on: UUID) -> HttpResponse:
    row = sign_ons.get(sign_on)
    try:
        sign_ons.delete(request.actor, row)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("edit_sign_on", args=[sign_on]))
    messages.success(request, _("“%(name)s” lets nobody in any more.") % {"name": row.name})
    return HttpResponseRedirect(reverse("sign_on"))
