"""Keeping and opening files. The storage is Django's default one: a folder, or a bucket where set up."""

from hashlib import sha256
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.text import plain
from aperto.kernel.files.content import type_of
from aperto.kernel.files.models import StoredFile
from aperto.kernel.ids import uuid7

PIECE = 1 << 20


def largest() -> int:
    """Bytes of the largest file that is accepted."""
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def keep(actor: Actor, file: BinaryIO, name: str) -> StoredFile:
    """Stores a file that a person gave; raises FieldError when it cannot be kept."""
    size, digest = _measure(file)
    if size > largest():
        raise FieldError(
            _("The file is too large: at most %(size)s fit.") % {"size": filesizeformat(largest())}
        )
    key = uuid7()
    row = StoredFile(
        id=key,
        name=tidy(name),
        place=f"{key.hex[-2:]}/{key.hex}",
        size=size,
        sha256=digest,
        content_type=type_of(file),
        created_by=actor.user_id,
    )
    default_storage.save(row.place, File(file))
    row.save(force_insert=True)
    return row


def store(actor: Actor, sent: "UploadedFile[Any]") -> StoredFile:
    """Keeps a file that a form or an API call brought."""
    return keep(actor, cast("BinaryIO", sent), sent.name or "")


def open_(row: StoredFile) -> BinaryIO:
    return cast("BinaryIO", default_storage.open(row.place))


def find(keys: list[UUID]) -> dict[UUID, StoredFile]:
    return StoredFile.objects.in_bulk(keys)


def tidy(name: str) -> str:
    """The last part of a path, on one line, short enough, never empty."""
    last = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    stem, dot, ending = last.strip(" .").rpartition(".")
    if not stem:
        stem, dot, ending = ending, "", ""
    short = f"{stem[: 190 - len(ending[:20])]}{dot}{ending[:20]}"
    return plain(short) or _("File")


def _measure(file: BinaryIO) -> tuple[int, str]:
    """Length and hash in one pass, without holding the file in memory."""
    file.seek(0)
    size, digest = 0, sha256()
    while piece := file.read(PIECE):
        size += len(piece)
        digest.update(piece)
    file.seek(0)
    return size, digest.hexdigest()
