"""The relations of an object that have columns of their own: listed at both of its sides, and made here."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.kernel.changes import new_batch
from aperto.kernel.errors import Invalid, Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.check import key_from
from aperto.kernel.shape.relate import relate
from aperto.kernel.shape.relation import columns_of
from aperto.web.people import forms as parts
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shape import catalogue
from aperto.web.shape.objects_page import shaped
from aperto.web.shape.relation_form import RelationForm
from aperto.web.shell import render


@dataclass(frozen=True)
class Listed:
    """A relation as a line, from the side of one object."""

    key: str
    panel: str
    other: str
    icon: str
    columns: str
    single: bool


def listed(declaration: ObjectType) -> list[Listed]:
    return [each for link in registry if link.ends for each in _sides(declaration, link)]


def _sides(declaration: ObjectType, link: ObjectType) -> list[Listed]:
    """Both sides, where an object is linked with itself."""
    fields = [link.fields[key] for key in link.ends if key in link.fields]
    columns = ", ".join(text_of(link.fields[key].label) for key in columns_of(link))
    found = []
    for end, other in zip(fields, reversed(fields), strict=True):
        to, [target] = getattr(end, "to", ()), getattr(other, "to", ("",))
        if declaration.key in to and target in registry:
            panel: Message = getattr(end, "panel", "") or link.plural
            there = text_of(registry.get(target).plural)
            found.append(
                Listed(link.key, text_of(panel), there, link.icon, columns, end.unique or other.unique)
            )
    return found


@administrator
def show(request: Request, object_key: str) -> HttpResponse:
    declaration = shaped(object_key)
    context = {"object": catalogue.of(request.actor, declaration), "relations": listed(declaration)}
    context["may_link"] = not declaration.ends
    return render(request, "shape/relations.html", context)


@administrator
def create(request: Request, object_key: str) -> HttpResponse:
    """Three steps: with what, how both sides call it, and then the columns like those of any object."""
    declaration = shaped(object_key)
    form = RelationForm(request.POST or None, declaration=declaration)
    if request.method == "POST" and form.is_valid():
        key, batch = key_from(form.cleaned_data["name"]), new_batch()
        try:
            if key in registry:
                raise Invalid({"key": [_("This key is taken already.")]})
            relate(request.actor, key, form.cleaned_data["name"], *form.sides(), batch)
        except Invalid as invalid:
            errors = {("name" if name == "key" else name): found for name, found in invalid.errors.items()}
            parts.show(form, Invalid(errors))
        else:
            told = _("“%(name)s” is made. Add what each link says.") % {"name": form.cleaned_data["name"]}
            messages.success(request, told, extra_tags=f"undo:/undo/batch/{batch}")
            return HttpResponseRedirect(reverse("object_fields", args=[key]))
    context = {"form": form, "object": catalogue.of(request.actor, declaration)}
    return render(request, "shape/relation.html", context, status=422 if form.errors else 200)
