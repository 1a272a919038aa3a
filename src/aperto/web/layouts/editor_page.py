"""Settings → layouts → (object) → (place): what is shown there is dragged into place, and kept for everybody,
or for a role or a team."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.arrangement import AS_USUAL, ONE, PLACES, TWO, read
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.layouts import held
from aperto.web.layouts.audience import Audience
from aperto.web.layouts.canvas import blank, groups, in_code
from aperto.web.layouts.held import Held
from aperto.web.layouts.preview import preview
from aperto.web.layouts.sample import sample
from aperto.web.people.choices import role_choices, team_choices
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import render

COLUMNS = (
    (AS_USUAL, gettext_lazy("Columns as usual")),
    (ONE, gettext_lazy("One column")),
    (TWO, gettext_lazy("Two columns")),
)


@administrator
def edit(request: Request, object_key: str, place: str) -> HttpResponse:
    declaration, audience = _declared(object_key, place), Audience.of(request.GET)
    given: dict[str, Any] | None = None
    if request.method == "POST":
        given = _given(request, declaration)
        try:
            read(place, given)
            change = held.keep(request.actor, object_key, place, audience, given)
            say(request, _("Saved"), change)
            return HttpResponseRedirect(audience.url(object_key, place))
        except (FieldError, Invalid) as error:
            messages.error(request, said(error))
    return _page(request, registry.get(object_key), place, audience, given)


def _page(
    request: Request, declaration: ObjectType, place: str, audience: Audience, given: dict[str, Any] | None
) -> HttpResponse:
    actor, key = request.actor, declaration.key
    stored = [each for each in held.everything(actor) if each.of_object == key]
    arrangement = given if _drawable(place, given) else held.start(actor, declaration, place, audience)
    assert arrangement is not None
    context = {
        "declaration": declaration,
        "plural": text_of(declaration.plural),
        "place": place,
        "places": _places(declaration, place, audience, stored),
        "audience": audience,
        "roles": role_choices(),
        "teams": team_choices(),
        "others": _others(key, place, audience, stored),
        "stored": next((each for each in stored if (each.place, each.audience) == (place, audience)), None),
        "canvas": groups(sample(actor, declaration), place, arrangement),
        "columns": COLUMNS,
        "blank": blank(),
    }
    return render(request, "layouts/editor.html", context, status=200 if given is None else 422)


def _drawable(place: str, given: dict[str, Any] | None) -> bool:
    """Whether what was refused can stand in the editor, so that nothing of it is lost."""
    try:
        read(place, given)
    except FieldError:
        return False
    return True


def _places(
    declaration: ObjectType, current: str, audience: Audience, stored: list[Held]
) -> list[dict[str, Any]]:
    """The tabs; an object without a board has no cards."""
    arranged = {each.place for each in stored if each.audience == audience}
    return [
        {
            "url": audience.url(declaration.key, key),
            "label": label,
            "current": key == current,
            "arranged": key in arranged,
        }
        for key, label in PLACES.items()
        if key != "card" or declaration.board
    ]


def _others(key: str, place: str, audience: Audience, stored: list[Held]) -> list[dict[str, str]]:
    """For whom this place is arranged otherwise."""
    known = dict.fromkeys(each.audience for each in stored if each.place == place)
    return [{"url": each.url(key, place), "label": each.label} for each in known if each != audience]


@require_POST
@administrator
def show_preview(request: Request, object_key: str, place: str) -> HttpResponse:
    declaration = _declared(object_key, place)
    try:
        context = preview(request.actor, declaration, place, _given(request, declaration))
    except FieldError as error:
        return render(request, "layouts/preview.html", {"refused": said(error)}, status=422)
    return render(request, "layouts/preview.html", context)


@require_POST
@administrator
def reset(request: Request, object_key: str, place: str) -> HttpResponse:
    """The layout goes to the recycle bin; what holds without it is there at once."""
    _declared(object_key, place)
    audience = Audience.of(request.GET)
    found = held.find(request.actor, object_key, place, audience)
    if found is not None:
        say(request, _("The standard is back."), held.reset(request.actor, found))
    return HttpResponseRedirect(audience.url(object_key, place))


def _declared(object_key: str, place: str) -> ObjectType:
    if object_key not in registry or place not in PLACES or registry.get(object_key).administered:
        raise Http404
    return registry.get(object_key)


def _given(request: Request, declaration: ObjectType) -> dict[str, Any]:
    """What the editor sent; what cannot be read at all is an empty arrangement, which the kernel refuses."""
    try:
        given = json.loads(request.POST.get("arrangement", ""))
    except ValueError:
        return {}
    return in_code(given, declaration) if isinstance(given, dict) else {}


def said(error: FieldError | Invalid) -> str:
    return error.text if isinstance(error, Invalid) else str(error.message)
