"""One object: how it is called in each language, how it looks and what it can; a new one too."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.errors import Invalid
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.check import key_from
from aperto.web.people import forms as parts
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shape import catalogue, said
from aperto.web.shape.object_form import ObjectForm, WordsForm, initial
from aperto.web.shape.objects_page import shaped
from aperto.web.shell import render

NEW: dict[str, Any] = {"icon": "package", "hue": "blue", "has_activities": True, "has_files": True}


@administrator
def create(request: Request) -> HttpResponse:
    form = ObjectForm(request.POST or None, initial=NEW)
    if request.method == "POST" and form.is_valid():
        try:
            key = key_from(form.cleaned_data["name"])
            if key in registry:
                raise Invalid({"key": [_("This key is taken already.")]})
            change = said.say_new(request.actor, said.OBJECT, key, form.values())
            told = _("“%(name)s” is made. Add its fields.") % {"name": form.cleaned_data["name"]}
            say(request, told, change)
            return HttpResponseRedirect(reverse("object_fields", args=[key]))
        except Invalid as invalid:
            show_refusal(form, invalid)
    context = {"form": form, "looks": looks(form)}
    return render(request, "shape/object.html", context, status=422 if form.errors else 200)


def show_refusal(form: WordsForm, invalid: Invalid) -> None:
    """The key is made from the name, so what is wrong with it is said there."""
    errors = {("name" if key == "key" else key): found for key, found in invalid.errors.items()}
    parts.show(form, Invalid(errors))


@administrator
def edit(request: Request, object_key: str) -> HttpResponse:
    declaration = shaped(object_key)
    declared = registry.declared.get(object_key)
    row = said.of_objects(request.actor).get(object_key)
    kind = WordsForm if declared else ObjectForm
    begun = initial(row.values if row else None, declared)
    form = kind(request.POST or None, initial=begun, declared=declared)
    if request.method == "POST" and form.is_valid():
        try:
            change = said.say(request.actor, said.OBJECT, object_key, form.values())
            say(request, _("Saved"), change)
            return HttpResponseRedirect(reverse("edit_object", args=[object_key]))
        except Invalid as invalid:
            show_refusal(form, invalid)
    listed = catalogue.of(request.actor, declaration, row is not None)
    context = {"form": form, "object": listed, "looks": looks(form, listed.icon, listed.hue)}
    return render(request, "shape/object.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def preview(request: Request) -> HttpResponse:
    """How the object would look, while it is being typed; nothing is written."""
    form = ObjectForm(request.POST)
    return render(request, "shape/looks.html", {"looks": looks(form)})


def looks(form: WordsForm, icon: str = "box", hue: str = "slate") -> dict[str, Any]:
    """What the navigation, a tab and a title would show of what stands in the form."""
    given = {key: form[key].value() for key in form.fields}
    name = str(given.get("name") or "") or _("Boat")
    return {
        "name": name,
        "plural": str(given.get("plural") or "") or name,
        "icon": given.get("icon") or icon,
        "hue": given.get("hue") or hue,
        "number": f"{given['number_prefix']}1" if given.get("number_prefix") else "",
        "pipeline": bool(given.get("has_pipeline")),
        "activities": bool(given.get("has_activities", True)),
        "files": bool(given.get("has_files", True)),
    }
