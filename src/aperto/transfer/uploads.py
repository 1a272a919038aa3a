"""The files that people want to import: kept privately while they are needed, then removed.

They are no files of a record, so no record gives anybody a way to them; only the run's own pages do.
"""

import filecmp
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from aperto.kernel.ids import uuid7
from aperto.transfer.detection import Layout
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import LARGEST, Table, Unreadable

FOLDER = "imports"
COPIED = 1 << 20


def keep(file: BinaryIO, size: int) -> str:
    """Puts the file into the storage; returns its place there."""
    if size > LARGEST:
        raise Unreadable(_("The file is larger than 200 MB; please split it."))
    return default_storage.save(f"{FOLDER}/{uuid7().hex}", File(file))


@contextmanager
def opened(run: ImportRun) -> Iterator[Path]:
    """The file on this machine, for as long as it is read."""
    with opened_at(run.place) as path:
        yield path


@contextmanager
def opened_at(place: str) -> Iterator[Path]:
    if not place:
        raise Unreadable(_("The file is no longer kept. Please send it again."))
    try:
        yield Path(default_storage.path(place))
    except NotImplementedError:  # a storage on other machines
        with tempfile.NamedTemporaryFile() as copy:
            with default_storage.open(place) as stored:
                while piece := stored.read(COPIED):
                    copy.write(piece)
            copy.flush()
            yield Path(copy.name)


@contextmanager
def table_of(run: ImportRun) -> Iterator[Table]:
    """The file as a table, by the layout that was chosen."""
    with opened(run) as path:
        yield Table(path, Layout.from_json(run.layout), tuple(run.header))


def are_equal(one: ImportRun, other: ImportRun) -> bool:
    """Whether two runs keep the same file."""
    if not one.place or not other.place:
        return False
    with opened(one) as first, opened(other) as second:
        return filecmp.cmp(first, second, shallow=False)


def drop(place: str) -> None:
    if place:
        default_storage.delete(place)


def discard(run: ImportRun) -> None:
    """Removes the file; the run stays, with its counts."""
    drop(run.place)
    drop(run.source)
    run.place = run.source = ""
    run.save(update_fields=["place", "source"])
