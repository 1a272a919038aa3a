"""A delimited file as a table. Refuses what is no table of text (a workbook, an image) and what would choke
the machine, with a sentence; nothing has been written by then.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.transfer.detection import SAMPLE, Layout, detect, reader_of

MOST_COLUMNS = 500
LARGEST = 200 * 1024 * 1024
LONGEST_NAME = 200
# What files of other kinds begin with, so that the sentence can say what was sent.
OTHER_KINDS = (
    (b"PK\x03\x04", "ZIP"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF", "PDF"), (b"\x89PNG", "PNG"),
    (b"\x1f\x8b", "GZIP"), (b"GIF8", "GIF"), (b"\xff\xd8\xff", "JPEG"), (b"SQLite format 3", "SQLite"),
)  # fmt: skip


class Unreadable(Exception):
    """The file cannot be read as a table; the message is for whoever sent it."""


class Watched:
    """The lines of a file, remembering those of the row that is being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.held.append(line)
            yield line


@dataclass(frozen=True)
class Table:
    path: Path
    layout: Layout
    header: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(number as a spreadsheet shows it, cells) of each row that is not blank."""
        with self.path.open(encoding=self.layout.encoding, errors="replace", newline="") as stream:
            watched = Watched(stream)
            reader = reader_of(iter(watched), self.layout.delimiter)
            try:
                for number, cells in enumerate(reader, 1):
                    last, watched.held = watched.held, []
                    if number == 1 and self.layout.has_header:
                        continue
                    if len(last) > 1:
                        refuse_open_quote(last, number, self.layout.delimiter)
                    if any(cell.strip() for cell in cells):
                        yield number, cells
            except csv.Error as error:
                raise Unreadable(
                    _("The file cannot be read further: %(error)s.") % {"error": error}
                ) from None
            except UnicodeError:
                raise Unreadable(_("The file cannot be read in this encoding.")) from None

    def sample(self, count: int) -> list[list[str]]:
        return [cells for _number, cells in islice(self.rows(), count)]

    def count(self) -> int:
        """How many rows there are; reads the whole file, so that what is wrong with it shows at once."""
        return sum(1 for _row in self.rows())


def refuse_open_quote(lines: list[str], number: int, delimiter: str) -> None:
    """A quote that is never closed would swallow all rows behind it without a word."""
    try:
        for _cells in csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            words = {"number": number, "text": lines[0].strip()[:60]}
            raise Unreadable(
                _("Row %(number)s opens a quotation mark that is never closed: %(text)s…") % words
            ) from None


def open_table(path: Path, layout: Layout | None = None) -> Table:
    """The table in the file, by the given layout or by the one that is found out."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(_("The file is larger than 200 MB; please split it."))
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("The file is empty."))
    for mark, kind in OTHER_KINDS:
        if head.startswith(mark):
            raise Unreadable(
                _("This is a file of the kind %(kind)s. Save it as CSV or XLSX and send that.")
                % {"kind": kind}
            )
    try:
        layout = layout or detect(path)
        first = _first_row(path, layout)
    except csv.Error as error:
        raise Unreadable(_("The file cannot be read: %(error)s.") % {"error": error}) from None
    except (LookupError, UnicodeError):
        raise Unreadable(_("The file cannot be read in this encoding.")) from None
    if len(first) > MOST_COLUMNS:
        words = {"count": len(first), "most": MOST_COLUMNS}
        raise Unreadable(_("The file has %(count)s columns; at most %(most)s can be imported.") % words)
    table = Table(path, layout, header_of(first, layout.has_header))
    if not table.sample(1):
        raise Unreadable(_("The file has a header and no rows."))
    return table


def _first_row(path: Path, layout: Layout) -> list[str]:
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        return next(reader_of(stream, layout.delimiter), [])


def header_of(first: list[str], has_header: bool) -> tuple[str, ...]:
    """Column names; a missing or repeated one gets its number."""
    if not has_header:
        return tuple(_("Column %(number)s") % {"number": place} for place in range(1, len(first) + 1))
    names: list[str] = []
    for place, cell in enumerate(first, 1):
        name = " ".join(cell.replace("\0", "").split())[:LONGEST_NAME]
        name = name or _("Column %(number)s") % {"number": place}
        names.append(f"{name} ({place})" if name in names else name)
    return tuple(names)
