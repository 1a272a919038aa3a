"""`Idempotency-Key`: a write that is sent twice takes effect once.

The key's row, the effect and the answer commit together; two calls at the same moment queue at the row.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Manager
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from aperto.api.http import Problem
from aperto.api.models import KeptReply

LONGEST = 200
KEPT_FOR = timedelta(days=1)
KEPT_HEADERS = ("ETag", "Location", "Content-Type")


def once(request: HttpRequest, token: UUID, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Runs the write, or gives the answer that its first run got."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return run()
    if len(key) > LONGEST:
        raise Problem(400, _("Bad parameter"), _("The idempotency key is longer than 200 characters."))
    print_ = fingerprint(request)
    with transaction.atomic():
        row = _claim(token, key, print_)
        if row.fingerprint != print_:
            raise Problem(422, _("Key in use"), _("This idempotency key belongs to another request."))
        if row.status is not None:
            return _again(row)
        response = run()
        if isinstance(response, HttpResponse):  # a streamed answer is read, never a write
            _keep(row, response)
    return response


def kept() -> Manager[KeptReply]:
    return KeptReply.objects  # not a record: keys of repeated requests


def fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same; of an upload its address and length, as its body is not kept."""
    text = f"{request.method} {request.get_full_path()}\n".encode()
    upload = (request.content_type or "").startswith("multipart/")
    text += request.headers.get("Content-Length", "").encode() if upload else request.body
    return hashlib.sha256(text).hexdigest()


def _claim(token: UUID, key: str, print_: str) -> KeptReply:
    rows = kept().select_for_update()
    if (held := rows.filter(token=token, key=key).first()) is not None:
        return held
    try:
        with transaction.atomic():
            return kept().create(token=token, key=key, fingerprint=print_)
    except IntegrityError:
        return rows.get(token=token, key=key)


def _again(row: KeptReply) -> HttpResponse:
    headers = dict(row.headers) | {"Idempotency-Replayed": "true"}
    return HttpResponse(row.body.encode(), status=row.status, headers=headers)


def _keep(row: KeptReply, response: HttpResponse) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.body = response.content.decode()
    row.save()


def forget_old() -> int:
    """Removes answers older than a day; called daily."""
    removed, _details = kept().filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return removed
