"""`/help` and its pages, for whoever has signed in."""

from django.http import Http404, HttpRequest, HttpResponse

from aperto.web.help import manual
from aperto.web.shell import render


def show(request: HttpRequest, path: str = "index") -> HttpResponse:
    found = manual.page(path)
    if found is None:
        raise Http404
    return render(request, "help/page.html", {"page": found, "shelves": manual.shelves()})
