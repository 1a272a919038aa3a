"""The calendar of activities, and the calendar of a list."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access.scopes import Verb
from aperto.kernel.calendar.axis import placing
from aperto.kernel.errors import FieldError
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.views import visible_views
from aperto.web.calendar import agenda, build, marks, month, times, whose
from aperto.web.calendar.period import AGENDA, MODES, MONTH
from aperto.web.calendar.remember import kept, remember
from aperto.web.calendar.scene import Scene
from aperto.web.door import object_page, person_page
from aperto.web.lists import typed
from aperto.web.lists.addresses import of_list
from aperto.web.lists.frame import frame_context
from aperto.web.lists.listing import problem
from aperto.web.lists.page import rights_context
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

CALENDAR = "calendar"
CONTROLS = "calendar/choices.html"


@require_GET
@person_page
def show(request: Request) -> HttpResponse:
    """Everything that is planned; the choice of mode, people, kinds and colours is remembered."""
    chosen = kept(request)
    objects = build.planned(request.actor)
    named = set(filter(None, chosen["show"].split(",")))
    shown = [each for each in objects if not named or each.key in named] or objects
    who = whose.whose(request.actor, chosen["who"])
    scene = build.of_activities(request, shown, who, chosen)
    remember(request, scene.period.mode)
    context = scene_context(scene) | {
        "kinds": [(each, each in shown, toggled(scene, objects, shown, each)) for each in objects],
        "people": [(key, label, scene.url(who=key), key == who.key) for key, label in whose.WORDS.items()],
        "colleagues": whose.offered("", who),
        "chosen": who.key not in whose.WORDS,
        "colours": colours(scene, []),
        "new_items": creatable(scene),
    }
    return render(request, "calendar/page.html", context, part="calendar")


def toggled(scene: Scene, objects: list[ObjectType], shown: list[ObjectType], one: ObjectType) -> str:
    """The address with this kind shown, or hidden where it is; all or none are all."""
    keys = {each.key for each in shown} ^ {one.key}
    wanted = ",".join(each.key for each in objects if each.key in keys)
    return scene.url(show="" if len(keys) == len(objects) else wanted)


@require_GET
@object_page
def of_object(request: Request, declaration: ObjectType) -> HttpResponse:
    """The records of a list by one of their dates."""
    known = visible_views(request.actor, declaration.key)
    listing = listing_of(request, declaration, known, build.PLACE)
    addition = typed.added(listing, request.GET.get("add", ""))
    if addition.url:
        return HttpResponseRedirect(addition.url)
    try:
        scene, message = build.of_list(request, listing), ""
        drawn = body(scene)
    except FieldError as error:
        return _refused(request, listing, known, problem(error))
    fields = placing(request.actor, declaration)
    axis = scene.lots[0].axis
    context = scene_context(scene, drawn) | {
        "listing": listing,
        "declaration": declaration,
        "urls": of_list(listing),
        "controls": CONTROLS,
        "fields": [(field, scene.url(placed=field.key), field is axis.begins) for field in fields],
        "placed_by": axis.begins.label,
        "colours": colours(scene, build.tints_of(request.actor, axis)),
        "new_items": creatable(scene),
        "message": message or addition.message,
        "added": addition.text,
        **rights_context(listing),
    }
    if not is_partial(request):
        context |= frame_context(listing, known)
    status = 422 if context["message"] else 200
    return render(request, "calendar/list.html", context, part="calendar", status=status)


def _refused(request: Request, listing: Any, known: Any, message: str) -> HttpResponse:
    """A filter that means nothing: the page without entries, and why."""
    context = {
        "listing": listing,
        "declaration": listing.declaration,
        "layout": CALENDAR,
        "urls": of_list(listing),
        "message": message,
        "added": listing.text,
        **rights_context(listing),
        **frame_context(listing, known),
    }
    return render(request, "calendar/list.html", context, part="calendar", status=422)


def body(scene: Scene) -> SafeString:
    if scene.period.mode == MONTH:
        return month.draw(scene)
    return agenda.draw(scene) if scene.period.mode == AGENDA else times.draw(scene)


def scene_context(scene: Scene, drawn: SafeString | None = None) -> dict[str, Any]:
    period, today = scene.period, scene.actor.viewer.now().date()
    return {
        "layout": CALENDAR,
        "scene": scene,
        "url": scene.url(),
        "body": body(scene) if drawn is None else drawn,
        "more": scene.found.more,
        "title": period.title,
        "today": scene.url(day=today.isoformat()),
        "before": scene.url(day=period.beside(-1).isoformat()),
        "after": scene.url(day=period.beside(1).isoformat()),
        "modes": [
            (label, icon, scene.url(mode=mode), mode == period.mode, key)
            for mode, (label, icon, key) in MODES.items()
        ],
    }


def colours(scene: Scene, tints: list[Any]) -> list[tuple[str, str, bool]]:
    axes = [lot.axis for lot in scene.lots]
    known = marks.colourings(axes, tints)
    return [(label, scene.url(colour=key), key == scene.colour) for key, label in known]


def creatable(scene: Scene) -> list[dict[str, str]]:
    """What a click into the calendar can make, and by which fields its times are filled in; meetings first,
    as they alone have a beginning and an end."""
    found = []
    for lot in sorted(scene.lots, key=lambda each: each.axis.ends is None or each.axis.has_length):
        axis = lot.axis
        if axis.movable and scene.actor.may(axis.declaration, Verb.CREATE):
            ends = axis.ends.key if axis.ends and not axis.has_length else ""
            found.append(
                {
                    "url": f"/{axis.declaration.key}/new",
                    "label": _("New %(object)s") % {"object": str(axis.declaration.label).lower()},
                    "icon": axis.declaration.icon,
                    "begins": axis.begins.key,
                    "ends": ends,
                    "whole": "whole" if axis.whole_days else "",
                    "day": scene.period.day.isoformat(),
                }
            )
    return found
