"""Sends a stored file so that it can never act as a page of ours."""

from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import content_disposition_header, http_date

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Missing
from aperto.kernel.files.content import SHOWN, WORDS
from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.reading import cleared, readable
from aperto.kernel.files.storage import THUMB, open_, open_beside

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Viewers of PDF are built into the browser and do not work in a sandbox; they run no script of the page.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
LINK_SECONDS = 60


def response(actor: Actor, key: UUID, *, inline: bool = False) -> HttpResponseBase:
    """The file for whoever may read it. `inline` is granted to pictures and PDF only."""
    return _sent(cleared(readable(actor, key)), inline)


def former(row: StoredFile) -> HttpResponseBase:
    """A version that a record held; the caller has shown that the actor may see its history."""
    return _sent(cleared(row), False)


def page(actor: Actor, key: UUID, number: int) -> HttpResponseBase:
    """A page as a picture that we drew, from 1; 0 is the small one."""
    row = cleared(readable(actor, key))
    if number > row.pages or not row.pages:
        raise Missing(key)
    file = open_beside(row, str(number) if number else THUMB)
    return _guarded(FileResponse(file, content_type="image/webp"), row, SANDBOX, f"{row.sha256}-{number}")


def _sent(row: StoredFile, inline: bool) -> HttpResponseBase:
    shown = inline and row.content_type in SHOWN
    if settings.FILE_LINKS:
        return _link(row, shown)
    file: BinaryIO = open_(row)
    answer = FileResponse(
        file, as_attachment=not shown, filename=row.name, content_type=_sent_type(row, shown)
    )
    pdf = shown and row.content_type == "application/pdf"
    return _guarded(answer, row, VIEWER if pdf else SANDBOX, row.sha256)


def _link(row: StoredFile, shown: bool) -> HttpResponseBase:
    """The storage sends it: access was asked here, and the address is of no use a minute later."""
    asked = {
        "ResponseContentDisposition": content_disposition_header(not shown, row.name),
        "ResponseContentType": _sent_type(row, shown),
    }
    url = default_storage.url(row.place, parameters=asked, expire=LINK_SECONDS)  # type: ignore[call-arg]
    answer = HttpResponseRedirect(url)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _guarded(answer: FileResponse, row: StoredFile, policy: str, tag: str) -> FileResponse:
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["ETag"] = f'"{tag}"'
    answer.headers["Last-Modified"] = http_date(row.created_at.timestamp())
    return answer


def _sent_type(row: StoredFile, shown: bool) -> str:
    """What is only downloaded needs no type that a browser would act on."""
    return "application/octet-stream" if row.content_type in WORDS and not shown else row.content_type
