"""One field of an object: which kind, and what is said of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.shape.change_kind.ways import targets
from aperto.kernel.shape.check import key_from
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shape import catalogue, field_list, kinds, said
from aperto.web.shape.field_begin import begun
from aperto.web.shape.field_form import FieldForm, refusal
from aperto.web.shape.objects_page import shaped
from aperto.web.shell import render


@administrator
def add(request: Request, object_key: str) -> HttpResponse:
    """First which kind; then only what that kind needs."""
    declaration = shaped(object_key)
    listed = catalogue.of(request.actor, declaration)
    chosen = KINDS.get(request.GET.get("kind", ""))
    if chosen is None or not kinds.is_offered(chosen):
        return render(request, "shape/kinds.html", {"object": listed, "kinds": kinds.offered()})
    form = FieldForm(
        request.POST or None,
        actor=request.actor, declaration=declaration, kind=chosen, made=None, plain=None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _added(request, declaration, chosen, form)
        except Invalid as invalid:
            refusal(invalid.errors, form)
    context = {"form": form, "object": listed, "kind": kinds.described(chosen)}
    return render(request, "shape/field.html", context, status=422 if form.errors else 200)


def _added(request: Request, declaration: ObjectType, kind: type[Field], form: FieldForm) -> HttpResponse:
    key = form.cleaned_data.get("key") or key_from(form.cleaned_data["name"])
    if key in declaration.fields or key in field_list.standard_fields(declaration):
        raise Invalid({"key": [_("This key is taken already.")]})
    among = {"of_object": declaration.key, "kind": kind.kind}
    place = {"position": len(declaration.added) + 1}
    change = said.say_new(request.actor, said.FIELD, key, {**form.values(), **place}, **among)
    told = _("“%(name)s” is there at once: in the form, lists, filters and the API.")
    say(request, told % {"name": form.cleaned_data["name"]}, change)
    return HttpResponseRedirect(reverse("object_fields", args=[declaration.key]))


@administrator
def edit(request: Request, object_key: str, field: str) -> HttpResponse:
    declaration = shaped(object_key)
    plain = field_list.standard_fields(declaration).get(field)
    present = declaration.fields.get(field) or plain
    if present is None or not field_list.is_open(present):
        raise Missing(field)
    row = said.of_fields(request.actor, object_key).get(field)
    held: Mapping[str, Any] = row.values if row else {}
    form = FieldForm(
        request.POST or None,
        initial=begun(held, present, plain),
        actor=request.actor, declaration=declaration, kind=type(present), made=present, plain=plain,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _said(request, declaration, present, plain, form)
        except Invalid as invalid:
            refusal(invalid.errors, form)
    listed = catalogue.of(request.actor, declaration)
    context = {
        "form": form,
        "object": listed,
        "kind": kinds.described(type(present)),
        "field": present,
        "said": row,
        "may_change_kind": field not in declaration.ends
        and bool(plain is None and row and targets(type(present).kind)),
    }
    return render(request, "shape/field.html", context, status=422 if form.errors else 200)


def _said(
    request: Request, declaration: ObjectType, present: Field, plain: Field | None, form: FieldForm
) -> HttpResponse:
    values = form.values()
    if plain is not None:
        values["kind"] = type(plain).kind
        standard = said.in_all_languages(plain.label)
        if values["name"] in standard.values():
            values["labels"] = standard | (values["labels"] or {})
    change = said.say(request.actor, said.FIELD, present.key, values, declaration.key)
    say(request, _("Saved"), change)
    return HttpResponseRedirect(reverse("object_fields", args=[declaration.key]))
