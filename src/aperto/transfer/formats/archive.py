"""A workbook is a ZIP archive of XML; here it is judged before anything reads it as one.

The archive is unpacked once as a stream that is thrown away: what it says of its sizes need not be true,
and a cell far outside would make a reader reserve room for everything before it.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.transfer.reading import MOST_COLUMNS, Unreadable

MOST_PARTS = 5_000
LARGEST_UNPACKED = 512 << 20
MOST_CELLS = 5_000_000
PIECE = 1 << 20
OVERLAP = 64
# Where a cell or a row says that it stands: r="AB12" or r="12".
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")


def judge(path: Path) -> None:
    """Raises Unreadable for an archive that would fill the machine, or is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unreadable(_("The workbook unpacks to more than 512 MB. Save the sheet as CSV."))
            for part in parts:
                if part.flag_bits & 0x1:
                    raise Unreadable(_("The workbook has a password. Save it without one."))
                _judge_part(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable(_("The workbook is damaged: %(error)s.") % {"error": str(error)[:100]}) from None


def _judge_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads it to its end, where the archive checks what it promised, and looks where its cells stand."""
    rows = columns = 0
    for piece in _pieces(archive, part):
        for letters, number in PLACE.findall(piece):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters))
    if columns > MOST_COLUMNS:
        words = {"count": columns, "most": MOST_COLUMNS}
        raise Unreadable(_("The file has %(count)s columns; at most %(most)s can be imported.") % words)
    if rows * columns > MOST_CELLS:
        words = {"rows": rows, "columns": columns}
        raise Unreadable(
            _("The sheet reaches over %(rows)s rows and %(columns)s columns. Save it as CSV.") % words
        )


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        last = b""
        while piece := stream.read(PIECE):
            if b"\0" in piece[:4] and part.filename.endswith(".xml"):
                raise Unreadable(_("The workbook is damaged: %(error)s.") % {"error": part.filename[:100]})
            yield last + piece
            last = piece[-OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def names_in(path: Path) -> set[str]:
    """The names of the parts; none where it is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist()[:MOST_PARTS])
    except (zipfile.BadZipFile, OSError, ValueError):
        return set()
