"""Search over all objects, as the palette does it."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, respond
from aperto.api.operation import Operation, Parameter
from aperto.kernel.query.search import find


def search(call: Call) -> HttpResponse:
    text = call.parameter("q")[:200]
    objects = [key for key in call.parameter("objects").split(",") if key] or None
    hits = find(call.actor, text, limit=call.number("limit", 12, 50), objects=objects)
    data = [
        {
            "object": hit.object,
            "id": str(hit.id),
            "title": hit.title,
            "subtitle": hit.subtitle,
            "matches": [list(span) for span in hit.matches],
        }
        for hit in hits
    ]
    return respond({"data": data})


OPERATIONS = (
    Operation(
        "search",
        "GET",
        "/search",
        search,
        lazy("Search all records"),
        None,
        "hits",
        parameters=(
            Parameter("q", lazy("What to look for; typing errors are forgiven."), required=True),
            Parameter("objects", lazy("Only these objects, separated by commas.")),
            Parameter(
                "limit",
                lazy("Hits at most."),
                {"type": "integer", "minimum": 1, "maximum": 50, "default": 12},
            ),
        ),
        tag="search",
        refusals=(400, 401, 429),
    ),
)
