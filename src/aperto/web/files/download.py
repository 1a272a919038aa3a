"""Sends a file to whoever may see a record that holds it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from aperto.kernel import files
from aperto.kernel.errors import Missing


@require_GET
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """`?show=1` shows pictures and PDF; everything else is saved, whatever was asked."""
    try:
        return files.response(request.actor, key, inline="show" in request.GET)  # type: ignore[attr-defined]
    except (Missing, FileNotFoundError):
        raise Http404 from None
