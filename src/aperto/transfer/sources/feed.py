"""A window that slides over the text of a dump of any size, packed or not."""

import codecs
import gzip
import re
import zlib
from pathlib import Path
from typing import Any, Self

import zstandard

BLOCK = 1 << 20
PIECE = 1 << 18
LONGEST = 96 << 20  # characters of one row or statement; what is longer is no dump
GZIP, ZSTD, ARCHIVE = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PGDMP"
NAMES = re.compile(rb"SET (?:NAMES|client_encoding\s*=)\s*'?(\w+)", re.IGNORECASE)
ENCODINGS = {"latin1": "cp1252", "binary": "utf-8", "utf8": "utf-8", "utf8mb3": "utf-8", "utf8mb4": "utf-8",
             "ascii": "utf-8", "sql_ascii": "utf-8", "win1252": "cp1252", "latin9": "iso8859-15"}  # fmt: skip


class Unpacked:
    """The bytes of a file, whichever way it was packed; told by its first bytes, not by its name. What can be
    unpacked of a broken package is read, and `problem` says where that ended."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(6)
        if head.startswith(GZIP):
            self.raw: Any = gzip.GzipFile(path)
        elif head.startswith(ZSTD):
            self.raw = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True)
        else:
            self.raw = path.open("rb")
        self.problem = ""
        self._held = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.raw.close()

    def read(self, length: int) -> bytes:
        """So many bytes, or fewer at the end."""
        pieces, missing = [self._held], length - len(self._held)
        while missing > 0 and (piece := self._piece()):
            pieces.append(piece)
            missing -= len(piece)
        whole = b"".join(pieces)
        self._held = whole[length:]
        return whole[:length]

    def head(self, length: int) -> bytes:
        """The first bytes, which stay to be read."""
        start = self.read(length)
        self._held = start + self._held
        return start

    def _piece(self) -> bytes:
        try:
            return bytes(self.raw.read1(PIECE))
        except (EOFError, zlib.error, zstandard.ZstdError, gzip.BadGzipFile) as error:
            self.problem = str(error)
            return b""


def encoding_of(head: bytes) -> str:
    """What the dump says of its characters; UTF-8 when it says nothing."""
    said = NAMES.search(head)
    name = said[1].decode().lower() if said else "utf-8"
    name = ENCODINGS.get(name, name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


class Feed:
    """`text` from `at` on is what is still to be read; `more` brings the next block."""

    def __init__(self, stream: Unpacked, encoding: str) -> None:
        self.stream, self.text, self.at, self.ended = stream, "", 0, False
        self.read = 0  # bytes, for the progress line
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")

    def more(self) -> bool:
        """False when nothing more comes, or when one statement grew beyond all measure."""
        if self.ended or len(self.text) - self.at > LONGEST:
            return False
        block = self.stream.read(BLOCK)
        self.read += len(block)
        self.ended = not block
        self.text = self.text[self.at :] + self._decoder.decode(block, self.ended)
        self.at = 0
        return bool(block)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern here, with as much text as it takes; None when it is not here or the file ends."""
        while (found := pattern.match(self.text, self.at)) is None:
            if not self.more():
                return None
        return found

    def starts(self, length: int = 40) -> str:
        """The next characters, without taking them."""
        while len(self.text) - self.at < length and self.more():
            pass
        return self.text[self.at : self.at + length]
