"""`/help` and its pages, for whoever has signed in."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from aperto.web.help import manual
from aperto.web.help.about import page_about
from aperto.web.shell import render


def show(request: HttpRequest, path: str = "index") -> HttpResponse:
    language = (get_language() or manual.ENGLISH).partition("-")[0]
    found = manual.page(path, language)
    if found is None:
        raise Http404
    return render(
        request,
        "help/page.html",
        {"page": found, "shelves": manual.shelves(language), "translated": found.language == language},
    )


def here(request: HttpRequest) -> HttpResponse:
    """To what the manual says of the page that the reader comes from."""
    before = urlsplit(request.headers.get("Referer", ""))
    known = before.netloc == request.get_host()
    return redirect("help_page", page_about(before.path) if known else "index")
