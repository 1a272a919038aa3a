"""Settings → Objects: all of them, hidden and shown again, retired and brought back."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Message, Missing
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say, say_why_not
from aperto.web.shape import catalogue, said
from aperto.web.shell import render


@administrator
def show(request: Request) -> HttpResponse:
    context = {"objects": catalogue.listed(request.actor), "gone": catalogue.gone(request.actor)}
    return render(request, "shape/objects.html", context)


def shaped(object_key: str) -> ObjectType:
    """The object, if it is one of the business; Missing else."""
    declaration = registry.get(object_key)
    if not catalogue.is_shaped(declaration):
        raise Missing(object_key)
    return declaration


def back(request: Request, told: Message, change: Change | None = None, to: str = "") -> HttpResponse:
    """To the page of objects, with a word about what was done and the way back."""
    say(request, told, change)
    return HttpResponseRedirect(to or reverse("objects"))


@require_POST
@administrator
def switch(request: Request, object_key: str) -> HttpResponse:
    """Out of the navigation, or back into it. The records stay, and links to them work."""
    declaration = shaped(object_key)
    hidden = declaration.group != ""
    try:
        change = said.say(request.actor, said.OBJECT, object_key, {**words_of(declaration), "hidden": hidden})
    except Invalid as invalid:
        return refused(request, invalid)
    name = {"name": text_of(declaration.plural)}
    told = _("“%(name)s” is hidden.") % name if hidden else _("“%(name)s” is shown again.") % name
    return back(request, told, change)


def words_of(declaration: ObjectType) -> dict[str, object]:
    """What is said of an object of which nothing was said: the product's own words, in each language."""
    one, many = said.in_all_languages(declaration.label), said.in_all_languages(declaration.plural)
    words = {"name": text_of(declaration.label), "plural": text_of(declaration.plural)}
    return {} if declaration.definition else {**words, "labels": one, "plurals": many}


def refused(request: Request, invalid: Invalid, to: str = "") -> HttpResponse:
    say_why_not(request, invalid)
    return HttpResponseRedirect(to or reverse("objects"))


@require_POST
@administrator
def retire(request: Request, object_key: str) -> HttpResponse:
    """An own object goes with its records out of sight; for one of the product, what was said of it goes."""
    row = said.row_of(said.of_objects(request.actor), object_key)
    try:
        change = changes.delete(request.actor, said.handle(said.OBJECT, row.id), via=said.VIA)
    except Invalid as invalid:
        return refused(request, invalid)
    if object_key in registry:
        told = _("“%(name)s” is as it came with the product.")
        return back(request, told % {"name": text_of(registry.get(object_key).plural)}, change)
    told = _("“%(name)s” is retired. Its records are kept.")
    return back(request, told % {"name": row.values["plural"] or row.title}, change)


@require_POST
@administrator
def restore(request: Request, object_key: str) -> HttpResponse:
    row = said.row_of(said.of_objects(request.actor, retired=True), object_key)
    try:
        with transaction.atomic():
            change = changes.restore(request.actor, said.OBJECT, row.id, via=said.VIA)
    except Invalid as invalid:
        return refused(request, invalid)
    told = _("“%(name)s” is back, with its records.") % {"name": row.values["plural"] or row.title}
    return back(request, told, change, reverse("object_fields", args=[object_key]))
