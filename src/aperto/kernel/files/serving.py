"""Sends a stored file so that it can never act as a page of ours."""

from uuid import UUID

from django.http import FileResponse, HttpResponseBase
from django.utils.http import http_date

from aperto.kernel.access.actor import Actor
from aperto.kernel.files.content import SHOWN
from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.reading import readable
from aperto.kernel.files.storage import open_

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Viewers of PDF are built into the browser and do not work in a sandbox; they run no script of the page.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def response(actor: Actor, key: UUID, *, inline: bool = False) -> HttpResponseBase:
    """The file for whoever may read it. `inline` is granted to pictures and PDF only."""
    row = readable(actor, key)
    shown = inline and row.content_type in SHOWN
    answer = FileResponse(
        open_(row), as_attachment=not shown, filename=row.name, content_type=_sent_type(row, shown)
    )
    pdf = shown and row.content_type == "application/pdf"
    answer.headers["Content-Security-Policy"] = VIEWER if pdf else SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["ETag"] = f'"{row.sha256}"'
    answer.headers["Last-Modified"] = http_date(row.created_at.timestamp())
    return answer


def _sent_type(row: StoredFile, shown: bool) -> str:
    """What is only downloaded needs no type that a browser would act on."""
    risky = row.content_type in {"text/html", "text/xml", "image/svg+xml", "text/plain"}
    return "application/octet-stream" if risky and not shown else row.content_type
