"""Settings → layouts: the objects, and for whom each of them is arranged."""

from django.http import HttpResponse
from django.urls import reverse

from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.arrangement import PAGE, PLACES
from aperto.kernel.objects.registry import registry
from aperto.web.layouts import held
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shell import render


@administrator
def index(request: Request) -> HttpResponse:
    stored = held.everything(request.actor)
    rows = [
        {
            "url": reverse("layout", args=[each.key, PAGE]),
            "plural": text_of(each.plural),
            "icon": each.icon,
            "layouts": [
                {"label": f"{text_of(PLACES[own.place])}: {own.audience.label}", "url": _url(own)}
                for own in stored
                if own.of_object == each.key
            ],
        }
        for each in registry
        if not each.administered
    ]
    return render(request, "layouts/index.html", {"rows": rows})


def _url(own: held.Held) -> str:
    return own.audience.url(own.of_object, own.place)
