"""Takes a file that somebody sends.

A row is written before its content and removed when that fails, so that no content is without a row.
"""

import logging
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.files import limits, scanning
from aperto.kernel.files.content import type_of
from aperto.kernel.files.jobs import look_later
from aperto.kernel.files.models import CHECKING, CLEAN, StoredFile
from aperto.kernel.files.storage import discard, measure, tidy
from aperto.kernel.ids import uuid7

log = logging.getLogger(__name__)


def keep(actor: Actor, file: BinaryIO, name: str) -> StoredFile:
    """Stores a file that a person gave; raises FieldError when it cannot be kept."""
    size, digest = measure(file)
    key, kind, allowed = uuid7(), type_of(file), limits.current()
    limits.check(allowed, size, kind)
    row = StoredFile(
        id=key,
        name=tidy(name),
        place=f"{key.hex[-2:]}/{key.hex}",
        size=size,
        sha256=digest,
        content_type=kind,
        created_by=actor.user_id,
        state=CHECKING if scanning.is_set_up() else CLEAN,
    )
    with transaction.atomic():
        limits.check_room(allowed, actor, size)
        row.save(force_insert=True)
    _put(row, file)
    look_later(row)
    return row


def _put(row: StoredFile, file: BinaryIO) -> None:
    """A full disk or a bucket that does not answer is told to whoever sent the file."""
    try:
        default_storage.save(row.place, File(file))
    except Exception as error:
        log.exception("the storage did not take a file")
        _take_back(row)
        raise FieldError(_("The file could not be stored. Nothing was kept; try again.")) from error


def _take_back(row: StoredFile) -> None:
    """The row goes in any case; what a broken storage holds of it is asked to go."""
    try:
        discard(row)
    except Exception:
        log.exception("the storage did not remove %s", row.place)
        StoredFile.objects.filter(pk=row.pk).delete()


def store(actor: Actor, sent: "UploadedFile[Any]") -> StoredFile:
    """Keeps a file that a form or an API call brought."""
    return keep(actor, cast("BinaryIO", sent), sent.name or "")
