"""The document as JSON, and the reference page that is read from it."""

from functools import lru_cache

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from aperto import __version__
from aperto.api.openapi.document import make
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.limited import anybody
from aperto.kernel.objects.registry import registry


@lru_cache(maxsize=8)
def _bytes(language: str, shape: str) -> bytes:
    return _made(language, ANONYMOUS)


def _made(language: str, reader: Actor) -> bytes:
    with translation.override(language):
        return orjson.dumps(make(__version__, reader), default=str)


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Public: it says what the product can do, nothing of what it holds, and no field that a role hides."""
    reader = anybody()
    content = _made("en", reader) if any(reader.field_rights) else _bytes("en", registry.shape.version)
    return HttpResponse(content, content_type="application/json")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    found = make(__version__, anybody())
    groups: dict[str, list[dict[str, object]]] = {}
    for address, methods in found["paths"].items():
        for method, entry in methods.items():
            line = {"method": method.upper(), "address": f"/api/v1{address}", **entry}
            groups.setdefault(entry["tags"][0], []).append(line)
    return render(request, "api/reference.html", {"groups": groups, "version": __version__})
