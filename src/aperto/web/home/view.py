"""The home page."""

from babel.dates import format_skeleton
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access.actor import Actor
from aperto.kernel.viewer import Viewer
from aperto.web.home.news import news
from aperto.web.home.pipeline import pipeline, staged
from aperto.web.home.quiet import quiet
from aperto.web.home.scope import SCOPES, scope_of
from aperto.web.home.today import today
from aperto.web.shell import render


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`?of=` says whose work is shown: one's own, the team's, or all that one may see."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware put it there
    scope = scope_of(request.GET.get("of", ""))
    objects = list(staged(actor))
    silent = [found for each in objects if (found := quiet(actor, each, scope)) is not None]
    context = {
        "greeting": _greeting(actor.viewer) % {"name": actor.name.partition(" ")[0]},
        "date": _date(actor.viewer),
        "scopes": SCOPES,
        "scope": scope,
        "today": today(actor),
        "pipelines": [pipeline(actor, each, scope) for each in objects],
        "quiet": silent,
        "news": news(actor),
    }
    return render(request, "home/home.html", context)


def _greeting(viewer: Viewer) -> str:
    hour = viewer.now().hour
    if hour < 12:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")


def _date(viewer: Viewer) -> str:
    return format_skeleton("MMMMEEEEd", viewer.now(), locale=viewer.locale)
