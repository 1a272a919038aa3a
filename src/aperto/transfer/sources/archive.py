"""The custom format of pg_dump: a list of contents, then the blocks of COPY of each table, packed."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import zstandard
from django.utils.translation import gettext as _

from aperto.transfer.reading import Unreadable
from aperto.transfer.sources import literals
from aperto.transfer.sources.feed import Unpacked
from aperto.transfer.sources.literals import Cell
from aperto.transfer.sources.spool import Spool
from aperto.transfer.sources.statements import CREATE, NAME, PART, Told, columns_in, fitted, names_in

COLUMNS = re.compile(rf"COPY\s+{NAME}\s*\((.*)\)\s+FROM", re.DOTALL)
DATA, BLOBS = 1, 3
NONE, GZIP, LZ4, ZSTD = range(4)


class Ended(Exception):
    """The file is shorter than it says."""


@dataclass
class Content:
    """A table's rows in the archive."""

    name: str
    columns: list[str]


class Archive:
    """The small things that an archive is made of."""

    def __init__(self, stream: Unpacked) -> None:
        self.stream, self.read = stream, 0
        if self.take(5) != b"PGDMP":
            raise Unreadable(_("This is no archive of pg_dump."))
        self.version = tuple(self.take(3))
        self.int_size, self.offset_size = self.take(2)
        if self.take(1) != b"\1":
            raise Unreadable(_("Only the plain and the custom format of pg_dump can be read."))
        self.packed = self._compression()
        for _part in range(7):  # when it was made
            self.integer()
        for _part in range(3):  # the database, the server's version, pg_dump's version
            self.text()

    def _compression(self) -> int:
        if self.version >= (1, 15, 0):
            return self.take(1)[0]
        return GZIP if self.integer() else NONE

    def take(self, length: int) -> bytes:
        data = self.stream.read(length)
        self.read += len(data)
        if len(data) < length:
            raise Ended
        return data

    def integer(self) -> int:
        sign = self.take(1)
        number = int.from_bytes(self.take(self.int_size), "little")
        return -number if sign != b"\0" else number

    def text(self) -> str | None:
        length = self.integer()
        return None if length < 0 else self.take(length).decode("utf-8", "replace")

    def contents(self, spool: Spool) -> dict[int, Content]:
        """The list of contents: tables are declared, and the blocks of their rows are told by number."""
        found: dict[int, Content] = {}
        for _entry in range(self.integer()):
            number = self.integer()
            self.integer()  # whether there is data
            self.text(), self.text()  # the catalogue's numbers
            name, kind = self.text() or "", self.text()
            self.integer()  # section
            made = self.text() or ""
            self.text()  # how to drop it
            copy = COLUMNS.search(self.text() or "")
            self._rest()
            if kind == "TABLE" and (head := CREATE.search(made)):
                spool.declare(name, columns_in(made[head.end() : made.rindex(")")]))
            elif kind == "TABLE DATA" and copy:
                found[number] = Content(name, names_in(copy[2]))
        return found

    def _rest(self) -> None:
        self.text(), self.text()  # schema, tablespace
        if self.version >= (1, 14, 0):
            self.text()  # access method
        if self.version >= (1, 16, 0):
            self.integer()  # kind of relation
        self.text(), self.text()  # owner, with oids
        while self.text() is not None:  # what it depends on
            pass
        self.take(1 + self.offset_size)

    def chunks(self) -> Iterator[bytes]:
        """The packed pieces of the block that begins here."""
        while (length := self.integer()) > 0:
            piece = self.stream.read(length)
            self.read += len(piece)
            yield piece
            if len(piece) < length:
                raise Ended

    def lines(self) -> Iterator[bytes]:
        """The unpacked lines of a block."""
        rest = b""
        for piece in unpacked(self.chunks(), self.packed):
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines


def unpacked(chunks: Iterator[bytes], how: int) -> Iterator[bytes]:
    if how == NONE:
        yield from chunks
        return
    if how == LZ4:
        raise Unreadable(_("This archive is packed by LZ4; make it with --compress=gzip or zstd."))
    opener = zlib.decompressobj() if how == GZIP else zstandard.ZstdDecompressor().decompressobj()
    for chunk in chunks:
        yield opener.decompress(chunk)
    yield opener.flush() or b""


def read(stream: Unpacked, spool: Spool, told: Told) -> None:
    """All rows of the archive into the spool; where it ends too early, what was read stays."""
    name = ""
    try:
        archive = Archive(stream)
        contents = archive.contents(spool)
        while kind := stream.read(1):
            number = archive.integer()
            content = contents.get(number)
            if kind[0] == DATA and content:
                name = content.name
                copy_in(archive, content, spool, told)
            elif kind[0] == BLOBS:
                while archive.integer():
                    for _piece in archive.chunks():
                        pass
            else:
                for _piece in archive.chunks():
                    pass
    except (Ended, zlib.error, zstandard.ZstdError):
        spool.problems.append(
            f"The file ends too early, in or after the table {name}, "
            f"of which {spool.count(name)} rows were read."
        )


def copy_in(archive: Archive, content: Content, spool: Spool, told: Told) -> None:
    rows: list[list[Cell]] = []
    spool.declare(content.name, dict.fromkeys(content.columns, ""))
    try:
        for line in archive.lines():
            if line and line != b"\\.":
                row = literals.copied(line.decode("utf-8", "surrogateescape"))
                rows.append(fitted(row, len(content.columns)))
            if len(rows) >= PART:
                spool.add(content.name, content.columns, rows)
                rows = []
                told(archive.read, content.name)
    finally:
        if rows:
            spool.add(content.name, content.columns, rows)
