"""The page that compares, and the door to it from what is selected in a list."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel.objects.declaration import ObjectType
from aperto.web.compare.sheet import LEAST, MOST, only_differences, sheet
from aperto.web.door import done, object_page
from aperto.web.lists.selection import as_key
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

ONLY = "only"


@require_http_methods(["GET", "POST"])
@object_page
def compare(request: Request, declaration: ObjectType) -> HttpResponse:
    """GET shows the records that `id` names; POST, from a list, leads there."""
    given = request.GET if request.method == "GET" else request.POST
    ids = list(dict.fromkeys(key for text in given.getlist("id") if (key := as_key(text))))
    if request.method == "POST":
        return _lead(request, declaration, ids)
    found = sheet(request.actor, declaration, ids[:MOST])
    only = request.GET.get(ONLY) == "1"
    context = {
        "declaration": declaration,
        "sheet": only_differences(found) if only else found,
        "url": _address(declaration, ids[:MOST], only),
        "other_url": _address(declaration, ids[:MOST], not only),
        "only": only,
        "too_few": len(found.records) < LEAST,
    }
    return render(request, "compare/compare.html", context, part="sheet")


def _lead(request: Request, declaration: ObjectType, ids: list[UUID]) -> HttpResponse:
    if not LEAST <= len(ids) <= MOST:
        text = _("Select two to four records to compare them.")
        return done(request, text, tone="info", to=f"/{declaration.key}")
    address = _address(declaration, ids, only=False)
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _address(declaration: ObjectType, ids: list[UUID], only: bool) -> str:
    asked = [("id", str(key)) for key in ids] + ([(ONLY, "1")] if only else [])
    return f"/{declaration.key}/compare?{urlencode(asked)}"
