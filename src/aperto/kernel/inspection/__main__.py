"""`python -m aperto.kernel.inspection TYPE FILE FOLDER OFFICE`: writes pictures and words into the folder and
says what it made. It takes its own rights to memory and time away before it opens the file."""

import json
import resource
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from aperto.kernel.inspection import documents, office, pdf, picture, words
from aperto.kernel.inspection.report import BROKEN, LARGE, LOCKED, MADE, NONE, TEXT, Locked, Seen, TooLarge

MEMORY = 1 << 30
OFFICE_MEMORY = 4 << 30  # LibreOffice asks for much and uses little of it
CPU = 60
WRITTEN = 100 << 20
OLD_OFFICE = ("application/x-ole-storage", "application/rtf")
WAYS: dict[str, Callable[[Path, Path], Seen]] = {
    **dict.fromkeys(("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"), picture.look),
    "application/pdf": pdf.look,
    "text/plain": words.plain,
    **dict.fromkeys(("text/html", "text/xml", "image/svg+xml"), words.page),
}


def is_office(kind: str) -> bool:
    return kind.startswith(("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument."))


def look(kind: str, source: Path, target: Path, program: str) -> Seen:
    if kind in WAYS:
        return WAYS[kind](source, target)
    if not is_office(kind) and kind not in OLD_OFFICE:
        return Seen()
    read = documents.look(source, target) if is_office(kind) else Seen()
    drawn = office.look(program, source, target)
    text = read.text or drawn.text
    preview = TEXT if text and drawn.preview != MADE else drawn.preview
    return Seen(pages=drawn.pages, text=text, preview=preview)


def judged(kind: str, source: Path, target: Path, program: str) -> Seen:
    """What cannot be read is told, not guessed at."""
    try:
        return look(kind, source, target, program)
    except (TooLarge, MemoryError):
        return Seen(preview=LARGE)
    except Locked:
        return Seen(preview=LOCKED)
    except (ValueError, OSError, SyntaxError, KeyError, RuntimeError, zipfile.BadZipFile, EOFError):
        return Seen(preview=BROKEN)


def main(kind: str, source: str, folder: str, program: str) -> None:
    wide = is_office(kind) or kind in OLD_OFFICE
    memory = OFFICE_MEMORY if wide and program else MEMORY
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    target = Path(folder)
    seen = judged(kind, Path(source), target, program)
    if seen.preview == NONE and seen.text:
        seen.preview = TEXT
    (target / "words.txt").write_text(seen.text.encode("utf-8", "replace").decode(), encoding="utf-8")
    sys.stdout.write(json.dumps({"pages": seen.pages, "preview": seen.preview}))


if __name__ == "__main__":
    main(*sys.argv[1:5])
