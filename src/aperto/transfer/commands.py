"""Import and export without a browser: the same engine, and counts at the end."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.transfer import export as exports
from aperto.transfer import run as runs
from aperto.transfer import uploads
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.matching import can_match
from aperto.transfer.models import ImportRun
from aperto.transfer.names import phrase_of
from aperto.transfer.reading import Unreadable
from aperto.transfer.targets import FULL_NAME, ID


def import_file(
    actor: Actor,
    path: Path,
    object_key: str,
    *,
    match: Sequence[str] = (),
    mode: str = "skip",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportRun:
    """Imports the file in this process; the run that comes back holds the counts and the refused rows."""
    declaration = for_actor(actor, registry.get(object_key))
    found = tuple(named(declaration, word) for word in match)
    with path.open("rb") as file, alone(file):
        run = runs.begin(actor, declaration, file, path.name, path.stat().st_size)
        proposed = Choices.from_json(run.choices)
        if not proposed.mapping:
            raise Unreadable(_("No column was recognised. Name the columns as in the export of any CRM."))
        run.choices = replace(proposed, mode=Mode(mode), match=found or proposed.match).to_json()
        run = resumed(run)
        runs.carry_out_here(actor, run, progress)
        return run


@contextmanager
def alone(file: BinaryIO) -> Iterator[None]:
    """The file is this process's, which would else take a running import for one that was killed. The lock
    ends with the process, however that ends; where files cannot be locked the run itself notices."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise runs.Taken(Path(file.name).name) from None
    except OSError:
        pass
    yield


def resumed(run: ImportRun) -> ImportRun:
    """The import of this file that was killed before its end, which goes on after its last row."""
    former = runs.broken_off(run)
    if former is None:
        return run
    uploads.drop(run.place)
    uploads.drop(run.source)
    run.delete()
    return former


def named(declaration: ObjectType, word: str) -> str:
    """The field that is meant by its key or label, in the singular or the plural."""
    spoken = {phrase_of(key): key for key in (ID, FULL_NAME)}
    for key, field in declaration.fields.items():
        spoken |= {phrase_of(text_of(field.label)): key, phrase_of(key): key}
    key = spoken.get(phrase_of(word), "")
    if not can_match(declaration, key):
        raise FieldError(_("Records cannot be found by “%(field)s”.") % {"field": word[:60]})
    return key


def export(
    actor: Actor, object_key: str, *, filter: str = "", columns: Sequence[str] | None = None
) -> Iterator[str]:
    """The lines of the file."""
    return exports.as_csv(exports.selection(actor, object_key, filter), columns)
