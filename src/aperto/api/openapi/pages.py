"""The document as JSON, and the reference page that is read from it."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from aperto import __version__
from aperto.api.authenticate import bearer
from aperto.api.http import Problem, problem
from aperto.api.openapi.document import make
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.limited import anybody
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import Shape, registry


def _declared() -> tuple[ObjectType, ...]:
    """The objects as they came with the product."""
    return Shape(objects=registry.declared).ordered


def _shaped(actor: Actor) -> list[ObjectType]:
    return [each for each in registry if actor.may(each, Verb.READ)]


def _reader(request: HttpRequest) -> Actor:
    """Whoever calls with a token or has signed in; a wrong token is no way to the public document."""
    if "Authorization" in request.headers:
        _token, actor, _allowance = bearer(request)
        return actor
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS


def _made(reader: Actor) -> dict[str, Any]:
    """The public one says what the product can do, nothing of what an installation added to it or holds, and
    no field that any role hides. A person's own tells of what they may read."""
    if reader.kind == "anonymous":
        return make(__version__, anybody(), _declared())
    return make(__version__, reader, _shaped(reader))


def _bytes(reader: Actor) -> bytes:
    with translation.override("en"):
        return orjson.dumps(_made(reader), default=str)


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    try:
        content = _bytes(_reader(request))
    except Problem as found:
        return problem(found)
    return HttpResponse(content, content_type="application/json", headers={"Vary": "Authorization, Cookie"})


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    found = _made(_reader(request))
    groups: dict[str, list[dict[str, object]]] = {}
    for address, methods in found["paths"].items():
        for method, entry in methods.items():
            line = {"method": method.upper(), "address": f"/api/v1{address}", **entry}
            groups.setdefault(entry["tags"][0], []).append(line)
    return render(request, "api/reference.html", {"groups": groups, "version": __version__})
