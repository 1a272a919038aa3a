"""Where an act on an import leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from aperto.web.shell import is_partial


def to(request: HttpRequest, address: str) -> HttpResponse:
    """There, whoever asks: a page, htmx, or the script that sends files."""
    if is_partial(request):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
