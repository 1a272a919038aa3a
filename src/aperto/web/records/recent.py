"""The records that somebody looked at last, kept in a cookie of their browser.

Only keys are kept, so a page view writes nothing to the database, and whoever signs in next on the same
machine sees of them what their own rights allow.
"""

import base64
import binascii
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows

COOKIE = "aperto_recent"
KEPT = 8
LIFE = 90 * 24 * 3600


def remember(request: HttpRequest, answer: HttpResponse, ref: Ref) -> None:
    """Puts the record in front."""
    keys = [(ref.object, ref.id), *(each for each in read(request) if each[1] != ref.id)][:KEPT]
    text = ".".join(f"{object_key}-{_packed(id_)}" for object_key, id_ in keys)
    if text != request.COOKIES.get(COOKIE):
        answer.set_cookie(
            COOKIE, text, max_age=LIFE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def read(request: HttpRequest) -> list[tuple[str, UUID]]:
    """(object, key) of each, the latest first; what does not look like one is left out."""
    found = []
    for piece in request.COOKIES.get(COOKIE, "")[:1000].split(".")[:KEPT]:
        object_key, dash, packed = piece.partition("-")
        try:
            if dash and object_key in registry:
                found.append((object_key, UUID(bytes=base64.urlsafe_b64decode(packed + "=="))))
        except (ValueError, binascii.Error):
            continue
    return found


def refs(request: HttpRequest, actor: Actor) -> list[Ref]:
    """Those that the actor may see, the latest first: one query for each object among them."""
    keys = read(request)
    known: dict[UUID, Ref] = {}
    for object_key in dict.fromkeys(key for key, _id in keys):
        known |= rows.titles(actor, object_key, [id_ for key, id_ in keys if key == object_key])
    return [known[id_] for _key, id_ in keys if id_ in known]


def _packed(id_: UUID) -> str:
    return base64.urlsafe_b64encode(id_.bytes).decode().rstrip("=")
