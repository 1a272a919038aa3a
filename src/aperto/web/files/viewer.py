"""A file as people look at it: its pages or its words, its versions, and the files beside it.

What is shown was drawn or read by us; the file itself is only ever sent as a download.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel import files
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.file import File
from aperto.kernel.files import StoredFile
from aperto.kernel.files.versions import Version, versions
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.door import object_page
from aperto.web.files.dropping import taking
from aperto.web.files.stage import Stage, stage_of
from aperto.web.forms.answer import form_answer
from aperto.web.records.nearby import near_moment
from aperto.web.records.panels import selection, sources
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render

MOST = 100  # files that one steps through


@dataclass(frozen=True)
class Line:
    """A version as it is listed."""

    version: Version
    when: str
    url: str
    restore_url: str


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """`?beside=contact:…` steps through the files of that record; `?part=stage` is asked while it is made."""
    held, field = held_field(request, declaration, record, key)
    stored = files.find([held.values[key].id]).get(held.values[key].id)
    if stored is None:
        raise Missing(record)
    stage = stage_of(stored, held.values[key].title or stored.name)
    if request.GET.get("part") == "stage":
        return render(request, "files/parts/stage.html", {"stage": stage, "url": f"{held.url}/file/{key}"})
    beside = request.GET.get("beside", "")
    before, after = _around(request, beside, declaration, record)
    return form_answer(request, _context(held, field, stage, beside, before, after), name="files/viewer")


def held_field(
    request: Request, declaration: ObjectType, record: UUID, key: str, *, empty: bool = False
) -> tuple[Shown, Field]:
    """The record with the field that holds a file; Missing when either is not there for this actor."""
    held = shown(request.actor, declaration, record, (key,))
    field = held.fields.get(key)
    if not isinstance(field, File) or (held.values.get(key) is None and not empty):
        raise Missing(key)
    return held, field


def _context(held: Shown, field: Field, stage: Stage, beside: str, before: str, after: str) -> dict[str, Any]:
    url = f"{held.url}/file/{field.key}"
    editable = held.editable and not field.readonly
    lines = [_line(held, each, url, editable) for each in versions(held.id, field.key)]
    return {
        "heading": stage.name,
        "dialog_id": "dialog-file",
        "size": "wide",
        "record": held,
        "declaration": held.declaration,
        "stage": stage,
        "url": url,
        "lines": lines,
        "drop_url": f"{url}/versions" if editable else "",
        "download_url": f"/files/{stage.file.pk}",
        "before": before,
        "after": after,
        "beside": beside,
    }


def _line(held: Shown, version: Version, url: str, editable: bool) -> Line:
    own = f"{url}/versions/{version.change}"
    restore = f"{own}/restore" if editable and not version.current else ""
    return Line(version, near_moment(version.at, held.actor.viewer), own, restore)


def _around(request: Request, beside: str, declaration: ObjectType, record: UUID) -> tuple[str, str]:
    """The addresses of the file before and after this one, among those of a record."""
    members = _members(request, beside, declaration)
    place = next((place for place, (id_, _url) in enumerate(members) if id_ == record), None)
    if place is None:
        return "", ""
    before = members[place - 1][1] if place else ""
    return before, members[place + 1][1] if place + 1 < len(members) else ""


def _members(request: Request, beside: str, declaration: ObjectType) -> Sequence[tuple[UUID, str]]:
    object_key, _colon, id_ = beside.partition(":")
    try:
        of = shown(request.actor, for_actor(request.actor, registry.get(object_key)), UUID(id_))
    except (ValueError, KeyError, Missing):
        return ()
    if not request.actor.may(of.declaration, Verb.READ):
        return ()
    source = next((each for each in sources(of) if each.target.key == declaration.key and each.content), None)
    if source is None or source.content is None:
        return ()
    key = source.content.key
    page = selection(of, source).page(columns=[key], sort=source.sort, limit=MOST)
    return [
        (row.id, f"/{declaration.key}/{row.id}/file/{key}?beside={beside}")
        for row in page.rows
        if row.values.get(key)
    ]


def files_context(held: Shown) -> dict[str, Any]:
    """What the page of a record shows of the files that it holds itself, and where files dropped on it go."""
    keys = [
        key
        for key, field in held.fields.items()
        if isinstance(field, File) and held.values.get(key) is not None
    ]
    stored: dict[UUID, StoredFile] = files.find([held.values[key].id for key in keys]) if keys else {}
    shown_ = [
        {"url": f"{held.url}/file/{key}", "stage": Stage(stored[held.values[key].id], held.values[key].title)}
        for key in keys
        if held.values[key].id in stored
    ]
    own = f"{held.url}/file/{keys[0]}/versions" if keys and held.editable else ""
    return {"held_files": shown_, "drop_url": f"{held.url}/drop" if taking(held) else own}
