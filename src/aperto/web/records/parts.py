"""The parts of a record's page that are rendered together and replaced one by one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from aperto.kernel.objects.declaration import ObjectType
from aperto.web.records import answers
from aperto.web.records.details import drawn_panels
from aperto.web.records.head import head_of
from aperto.web.records.reading import Shown, shown
from aperto.web.records.stops import stops_of
from aperto.web.request import Request


def head_context(held: Shown) -> dict[str, Any]:
    return {"record": held, "head": head_of(held), "stops": stops_of(held)}


def details_context(held: Shown) -> dict[str, Any]:
    return {"record": held, "panels": drawn_panels(held)}


def refreshed(
    request: Request,
    declaration: ObjectType,
    record: UUID,
    headers: Mapping[str, str],
    *,
    first: str = "",
    details: bool = True,
) -> HttpResponse:
    """The head and the details as they are after a write, with the version that the next one starts from."""
    held = shown(request.actor, declaration, record)
    names = {"records/parts/head.html": head_context(held)}
    if details:
        names["records/parts/details.html"] = details_context(held)
    answer = answers.fragments(request, names, first=first, headers=headers)
    answer.headers["Aperto-Version"] = str(held.version)
    return answer
