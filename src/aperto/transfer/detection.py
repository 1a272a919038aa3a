"""How a file of rows is written: its encoding, delimiter and header, found out from its first part."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

from aperto.transfer.shapes import looks_like_value

SAMPLE = 256 * 1024
PIECE = 1 << 20
LONGEST_CELL = 16 << 20
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CODE_PAGES = ["cp1252", "cp1250", "iso8859_15", "mac_roman", "cp850"]
ENCODINGS = {
    "utf-8": _("UTF-8"),
    "utf-8-sig": _("UTF-8 with a mark"),
    "utf-16": _("UTF-16"),
    "utf-16-le": _("UTF-16, low byte first"),
    "utf-16-be": _("UTF-16, high byte first"),
    "cp1252": _("Windows, Western Europe (1252)"),
    "cp1250": _("Windows, Central Europe (1250)"),
    "iso8859_15": _("ISO 8859-15, Western Europe"),
    "mac_roman": _("Mac, Western Europe"),
    "cp850": _("DOS, Western Europe (850)"),
}
DELIMITERS = {",": _("Comma"), ";": _("Semicolon"), "\t": _("Tab"), "|": _("Bar")}


@dataclass(frozen=True)
class Layout:
    """How a file is written. The quote is always the double one: no exporter in use writes another.

    What came as another `format` than CSV is read as text of ours; `sheets` are those to choose from."""

    encoding: str = "utf-8"
    delimiter: str = ","
    has_header: bool = True
    format: str = "csv"
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"sheets": list(self.sheets)}

    @property
    def is_text(self) -> bool:
        """Whether somebody's own text is read, of which letters and delimiter can be doubted."""
        return self.format == "csv"

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        return cls(
            str(plain["encoding"]),
            str(plain["delimiter"]),
            bool(plain["has_header"]),
            str(plain.get("format", "csv")),
            str(plain.get("sheet", "")),
            tuple(plain.get("sheets", ())),
        )


def reader_of(lines: Iterator[str] | io.TextIOBase, delimiter: str) -> Iterator[list[str]]:
    """Blanks after a delimiter are no part of a cell, or a quote behind one would not count."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def detect(path: Path) -> Layout:
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    encoding = encoding_of(path, head)
    lines = io.StringIO(head.decode(encoding, errors="replace"), newline="").readlines()
    if len(lines) > 1 and len(head) >= SAMPLE:
        lines.pop()  # the sample may have cut it
    delimiter = delimiter_of(lines)
    return Layout(encoding, delimiter, has_header(first_rows(lines, delimiter, 20)))


def first_rows(lines: list[str], delimiter: str, count: int) -> list[list[str]]:
    rows = (row for row in reader_of(iter(lines), delimiter) if any(cell.strip() for cell in row))
    return list(islice(rows, count))


def encoding_of(path: Path, head: bytes) -> str:
    """A byte-order mark or valid UTF-8 to the end decide; else the likeliest code page of offices."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    begin = head[:400]
    if b"\0" in begin:
        zeros = begin[1::2].count(0), begin[::2].count(0)
        if max(zeros) > len(begin) // 6:
            return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    doubtful = not_utf8(path)
    return code_page(doubtful) if doubtful else "utf-8"


def not_utf8(path: Path) -> bytes:
    """The part of the file that is no UTF-8, with what stands around it; nothing where all of it is.

    A letter cut in two by some exporter does not make a file of UTF-8 another one: where most letters
    beyond ASCII are well-formed, it is left to the rows that hold the broken one.
    """
    good = bad = 0
    parts: list[bytes] = []
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            piece += stream.readline()  # never cut a letter in two
            text = piece.decode("utf-8", errors="replace")
            broken = text.count("\ufffd") - piece.count(b"\xef\xbf\xbd")
            bad += broken
            good += sum(not letter.isascii() for letter in text) - broken if not text.isascii() else 0
            if broken and len(parts) < 4:
                parts.append(around_high_bytes(piece))
    return b"\n".join(parts) if bad > good / 10 else b""


def around_high_bytes(piece: bytes) -> bytes:
    """The lines that tell code pages apart: those with letters beyond ASCII."""
    lines = (line for line in piece.splitlines() if not line.isascii())
    return b"\n".join(islice(lines, 400))


def code_page(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=CODE_PAGES).best()
    return best.encoding if best else "cp1252"


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts the most rows into the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            rows = first_rows(lines, delimiter, 50)
        except csv.Error:
            continue
        width, agreeing = Counter(len(row) for row in rows).most_common(1)[0] if rows else (1, 0)
        score = agreeing / max(len(rows), 1) * (width - 1) ** 0.5
        if score > best_score:
            best, best_score = delimiter, score
    return best


def has_header(rows: list[list[str]]) -> bool:
    """A header names its columns: its cells are filled, differ, and look unlike values."""
    if not rows:
        return False
    cells = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in cells if cell]
    if not filled or len(set(map(str.lower, filled))) < len(filled) * 0.6:
        return False
    return not any(looks_like_value(cell) for cell in filled)
