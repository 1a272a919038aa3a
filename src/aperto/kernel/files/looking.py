"""What is made of a file after it was kept: it is scanned, looked into, and found by its words."""

import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from aperto.kernel.files import scanning
from aperto.kernel.files.models import CHECKING, CLEAN, FOUND, StoredFile
from aperto.kernel.files.storage import THUMB, WORDS, beside, copy_to, discard_previews
from aperto.kernel.inspection.report import BROKEN, NONE, TEXT
from aperto.kernel.query.search import contents

log = logging.getLogger(__name__)
SECONDS = 90
ASIDE = "aside/"


def look_into(row: StoredFile) -> str:
    """What became of it: "found" by a scanner, or how it can be shown. Raises scanning.Away."""
    with TemporaryDirectory(prefix="aperto-file-") as folder:
        source, target = Path(folder) / "file", Path(folder) / "made"
        target.mkdir()
        copy_to(row, source)
        if row.state == CHECKING and (name := scanning.finding(source)):
            _keep_aside(row, name)
            return FOUND
        told = _inspected(row.content_type, source, target)
        words = _read(target / "words.txt")
        _keep(row, target, told, words)
    contents.store(row.pk, words)
    return row.preview


def _keep_aside(row: StoredFile, name: str) -> None:
    """Where nothing that is served lies. The row stays, so that people are told."""
    log.warning("the scanner found %s in the file %s of user %s", name, row.pk, row.created_by)
    place = ASIDE + row.place
    with default_storage.open(row.place) as file:
        default_storage.save(place, file)
    StoredFile.objects.filter(pk=row.pk).update(state=FOUND, finding=name, place=place)
    default_storage.delete(row.place)


def _inspected(kind: str, source: Path, target: Path) -> dict[str, object]:
    """In a process of its own, which is ended with all that it began when it takes too long."""
    command = [sys.executable, "-m", "aperto.kernel.inspection", kind, str(source), str(target)]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - our own module
        [*command, settings.FILE_OFFICE],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        said, _errors = process.communicate(timeout=SECONDS)
        told: dict[str, object] = json.loads(said)
    except (subprocess.TimeoutExpired, ValueError):
        return {"preview": BROKEN, "pages": 0}
    finally:
        _end(process)
    return told


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With whatever an office program left running."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _keep(row: StoredFile, target: Path, told: dict[str, object], words: str) -> None:
    """Made again, it replaces what was made before."""
    pages = int(str(told["pages"]))
    discard_previews(row)
    for name in [THUMB, *(str(number + 1) for number in range(pages))] if pages else []:
        with (target / f"{name}.webp").open("rb") as file:
            default_storage.save(beside(row, name), ContentFile(file.read()))
    if words:
        default_storage.save(beside(row, WORDS), ContentFile(words.encode()))
    preview = NONE if told["preview"] == TEXT and not words else str(told["preview"])
    row.state, row.preview, row.pages = CLEAN, preview, pages
    row.save(update_fields=["state", "preview", "pages"])
