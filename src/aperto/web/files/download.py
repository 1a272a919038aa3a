"""Sends a file, or what we drew of it, to whoever may see a record that holds it."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from aperto.kernel import files
from aperto.kernel.errors import Missing


def guarded[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """What is not there is not there; what waits for the scanner says so."""

    @wraps(view)
    def sent(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except (Missing, FileNotFoundError):
            raise Http404 from None
        except files.Withheld as withheld:
            return HttpResponse(str(withheld.message), status=409, content_type="text/plain; charset=utf-8")

    return sent


@require_GET
@guarded
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """`?show=1` shows pictures and PDF; everything else is saved, whatever was asked."""
    return files.response(request.actor, key, inline="show" in request.GET)  # type: ignore[attr-defined]


@require_GET
@guarded
def page(request: HttpRequest, key: UUID, number: int) -> HttpResponseBase:
    """A page as a picture; 0 is the small one."""
    return files.page(request.actor, key, number)  # type: ignore[attr-defined]
