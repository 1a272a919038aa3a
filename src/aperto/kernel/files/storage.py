"""Where files lie: Django's default storage, which is a folder, or a bucket where set up."""

import shutil
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from aperto.kernel.fields.text import plain
from aperto.kernel.files.models import StoredFile
from aperto.kernel.query.search import contents

PIECE = 1 << 20
THUMB, WORDS = "thumb", "words"


def discard(row: StoredFile) -> None:
    """Row, content and what was made of it; for a file that no record came to hold."""
    discard_previews(row)
    default_storage.delete(row.place)
    contents.forget([row.pk])
    StoredFile.objects.filter(pk=row.pk).delete()


def discard_previews(row: StoredFile) -> None:
    for name in [THUMB, WORDS, *(str(number + 1) for number in range(row.pages))]:
        default_storage.delete(beside(row, name))


def beside(row: StoredFile, name: str) -> str:
    """The place of what was made of a file."""
    return f"{row.place}.{name}"


def open_(row: StoredFile) -> BinaryIO:
    return cast("BinaryIO", default_storage.open(row.place))


def open_beside(row: StoredFile, name: str) -> BinaryIO:
    return cast("BinaryIO", default_storage.open(beside(row, name)))


def copy_to(row: StoredFile, path: Path) -> None:
    with open_(row) as held, path.open("wb") as file:
        shutil.copyfileobj(held, file, PIECE)


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


def measure(file: BinaryIO) -> tuple[int, str]:
    """Length and hash in one pass, without holding the file in memory."""
    file.seek(0)
    size, digest = 0, sha256()
    while piece := file.read(PIECE):
        size += len(piece)
        digest.update(piece)
    file.seek(0)
    return size, digest.hexdigest()
