"""An answer that takes long to send ends when its reader is signed out or deactivated meanwhile."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from aperto.kernel.access import sessions
from aperto.kernel.access.models import User

EVERY = 2.0  # seconds between two looks


class Ended(Exception):
    """The reader may not go on reading; the connection breaks, so that nobody takes half for the whole."""


def guarded(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """A file that was stored is one thing that was asked for at once; what is made bit by bit is watched."""
    reader = getattr(request, "user", None)
    made = isinstance(answer, StreamingHttpResponse) and not isinstance(answer, FileResponse)
    if made and not answer.is_async and isinstance(reader, User):  # type: ignore[attr-defined]  # `made` says so
        parts: Iterator[Any] = iter(answer.streaming_content)  # type: ignore[attr-defined]
        answer.streaming_content = _watched(parts, reader.pk, request.session.session_key or "")  # type: ignore[attr-defined]
    return answer


def _watched(parts: Iterator[Any], reader: UUID, session: str) -> Iterator[Any]:
    looked = time.monotonic()
    for part in parts:
        if time.monotonic() - looked >= EVERY:
            if not sessions.is_alive(reader, session):
                raise Ended
            looked = time.monotonic()
        yield part
