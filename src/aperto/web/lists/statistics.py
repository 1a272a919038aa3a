"""What the values of a column are like: asked for when somebody looks at its head."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.door import object_page
from aperto.web.lists import totals
from aperto.web.lists.saved import listing_of
from aperto.web.lists.words import label_of
from aperto.web.request import Request
from aperto.web.shell import render

SHOWN = ("filled", "empty", "distinct", "min", "mean", "median", "max")
MOST_VALUES = 5


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, key: str) -> HttpResponse:
    """Filled, empty and distinct; of numbers the ends and the middle, of others what is there most often."""
    listing = listing_of(request, declaration)
    field = readable(request.actor, declaration).get(key)
    names = [name for name in totals.offered(field) if name in SHOWN] if field else []
    if field is None or not names:
        raise Missing(key)
    try:
        numbers = totals.values(listing, field, sorted(names, key=SHOWN.index))
        most = [] if "mean" in names else listing.selection.top(field, MOST_VALUES)
    except FieldError:
        raise Missing(key) from None
    viewer = request.actor.viewer
    context = {
        "label": label_of(field),
        "numbers": [(label, text) for _name, label, text in numbers],
        "most": [(text, write_number(number, viewer)) for text, number in most],
    }
    return render(request, "lists/statistics.html", context)
