"""The right to open a stream, for whoever has come through the ordinary door."""

from typing import cast

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from aperto.kernel.access.models import User
from aperto.live import tickets
from aperto.web.door import person_page
from aperto.web.request import Request


@require_GET
@never_cache
@person_page
def show(request: Request) -> HttpResponse:
    """Nothing where there are no streams, and nothing for whoever looks through another person's eyes."""
    if not settings.LIVE or request.actor.behind is not None or not request.session.session_key:
        return HttpResponse(status=204)
    user = cast("User", request.user)
    text = tickets.make(tickets.Ticket(user.pk, user.stamp, request.session.session_key))
    return JsonResponse({"place": settings.LIVE, "ticket": text})
