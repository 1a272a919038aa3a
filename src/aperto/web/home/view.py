"""The home page."""

from datetime import date
from functools import lru_cache

from babel.dates import format_skeleton
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access.actor import Actor
from aperto.kernel.viewer import Viewer
from aperto.web.home import draw
from aperto.web.home.news import news
from aperto.web.home.pipeline import pipeline, staged
from aperto.web.home.quiet import quiet
from aperto.web.home.scope import scope_of
from aperto.web.home.today import today
from aperto.web.shell import render


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`?of=` says whose work is shown: one's own, the team's, or all that one may see."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware put it there
    scope = scope_of(request.GET.get("of", ""))
    objects = list(staged(actor))
    silent = [found for each in objects if (found := quiet(actor, each, scope)) is not None]
    due = today(actor)
    greeting = _greeting(actor.viewer) % {"name": actor.name.partition(" ")[0]}
    context = {
        "head": draw.head(greeting, _date(actor.viewer), due, scope),
        "tiles": draw.tiles(
            due, [pipeline(actor, each, scope) for each in objects], silent, news(actor), scope
        ),
    }
    return render(request, "home/home.html", context)


def _greeting(viewer: Viewer) -> str:
    hour = viewer.now().hour
    if hour < 12:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")


def _date(viewer: Viewer) -> str:
    return _written(viewer.now().date(), viewer.locale)


@lru_cache(maxsize=64)
def _written(day: date, locale: str) -> str:
    return format_skeleton("MMMMEEEEd", day, locale=locale)
