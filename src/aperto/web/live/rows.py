"""Some rows of a list as they are now. A record that the list does not hold any more has none."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.lists.listing import problem
from aperto.web.lists.saved import listing_of
from aperto.web.live.asked import MOST, ids_of
from aperto.web.request import Request


@require_GET
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    listing = listing_of(request, declaration)
    try:
        page = listing.selection.only(ids_of(request)).page(columns=listing.wanted, limit=MOST)
    except FieldError as error:
        return HttpResponse(problem(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(f"<table><tbody>{listing.drawer().rows(page.rows)}</tbody></table>")
