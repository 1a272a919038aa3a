"""Settings → Objects → an object: its fields in one list, put in order, hidden, retired and brought back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.changes import Draft
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import text_of
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shape import catalogue, field_list, said
from aperto.web.shape.objects_page import back, refused, shaped
from aperto.web.shell import render


@administrator
def show(request: Request, object_key: str) -> HttpResponse:
    declaration = shaped(object_key)
    context = {
        "object": catalogue.of(request.actor, declaration, object_key in said.of_objects(request.actor)),
        "own": field_list.own(declaration),
        "standard": field_list.standard(request.actor, declaration),
        "retired": field_list.retired(request.actor, declaration),
    }
    return render(request, "shape/fields.html", context)


@require_POST
@administrator
def order(request: Request, object_key: str) -> HttpResponse:
    """The own fields in the order that they were put in; what is not named keeps its place at the end."""
    declaration = shaped(object_key)
    rows = said.of_fields(request.actor, object_key)
    held = [key for key in declaration.added if key in rows]
    asked = [key for key in request.POST.get("order", "").split(",") if key]
    if not asked or not set(asked) <= set(held) or len(set(asked)) != len(asked):
        return HttpResponse(status=400)
    ordered = list(dict.fromkeys([*asked, *held]))
    drafts = [Draft({"position": place}, record=rows[key].id) for place, key in enumerate(ordered, 1)]
    batch = changes.new_batch()
    for outcome in changes.save_many(request.actor, said.FIELD, drafts, via=said.VIA, batch=batch):
        if outcome.error is not None:
            raise outcome.error
    return HttpResponse(status=204)


type Act = Callable[[], Change | None]


def _done(request: Request, object_key: str, act: Act, told: Message) -> HttpResponse:
    to = reverse("object_fields", args=[object_key])
    try:
        change = act()
    except Invalid as invalid:
        return refused(request, invalid, to)
    return back(request, told, change, to)


@require_POST
@administrator
def retire(request: Request, object_key: str, field: str) -> HttpResponse:
    """An own field goes out of sight with its values; for a standard one, what was said of it goes."""
    declaration = shaped(object_key)
    row = said.row_of(said.of_fields(request.actor, object_key), field)
    handle = said.handle(said.FIELD, row.id)
    name = {"name": row.title}
    own = field in declaration.added
    told = _("“%(name)s” is retired. Its values are kept.") if own else _("“%(name)s” is as it came.")
    return _done(
        request, object_key, lambda: changes.delete(request.actor, handle, via=said.VIA), told % name
    )


@require_POST
@administrator
def restore(request: Request, object_key: str, field: str) -> HttpResponse:
    shaped(object_key)
    row = said.row_of(said.of_fields(request.actor, object_key, retired=True), field)
    told = _("“%(name)s” is back, with its values.") % {"name": row.title}
    return _done(
        request,
        object_key,
        lambda: changes.restore(request.actor, said.FIELD, row.id, via=said.VIA),
        told,
    )


@require_POST
@administrator
def switch(request: Request, object_key: str, field: str) -> HttpResponse:
    """A standard field that nobody needs here disappears from every page, and comes back with its values."""
    declaration = shaped(object_key)
    plain = said.row_of(field_list.standard_fields(declaration), field)
    hidden = field in declaration.fields
    words = {} if field in said.of_fields(request.actor, object_key) else words_of(plain)
    values = {**words, "hidden": hidden}
    name = {"name": text_of(plain.label)}
    told = _("“%(name)s” is hidden.") % name if hidden else _("“%(name)s” is shown again.") % name
    return _done(
        request,
        object_key,
        lambda: said.say(request.actor, said.FIELD, field, values, object_key),
        told,
    )


def words_of(plain: Field) -> dict[str, object]:
    """What is said of a standard field that keeps its own words."""
    words = said.in_all_languages(plain.label)
    return {"name": text_of(plain.label), "labels": words, "kind": type(plain).kind}
