"""The words of office documents: archives of XML, read without entities, and never more than is said to fit.

What they look like is only known to an office program: see `office`.
"""

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from aperto.kernel.inspection.report import LONGEST, NONE, Seen, TooLarge

MEMBERS = 5_000
MEMBER = 40 << 20  # bytes of one part, unpacked
WHOLE = 100 << 20
PIECE = 1 << 16
PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
    r"|ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"
    r"|content\.xml"
)
# Elements after which a word ends; all else (bold letters within a word) does not part it.
ENDS = frozenset({"p", "br", "tab", "tc", "si", "c", "h", "table-cell", "line-break", "s", "tr"})
SPOKEN = frozenset({"t", "is", "text"})  # in Office Open XML text stands in these only


def look(source: Path, target: Path) -> Seen:
    with zipfile.ZipFile(source) as archive:
        words = _Words()
        for part in _parts(archive):
            _read(archive, part, words)
        return Seen(text=" ".join("".join(words.found).split())[:LONGEST], preview=NONE)


def _parts(archive: zipfile.ZipFile) -> list[str]:
    """The parts that hold words; refused before anything is unpacked when they say that they are large."""
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise TooLarge
    wanted = [info for info in infos if PARTS.fullmatch(info.filename)]
    if any(info.file_size > MEMBER for info in wanted) or sum(info.file_size for info in wanted) > WHOLE:
        raise TooLarge
    return list(dict.fromkeys(info.filename for info in wanted))


def _read(archive: zipfile.ZipFile, part: str, words: "_Words") -> None:
    """Piece by piece: what was said to be small and is not ends here."""
    words.free = part == "content.xml"
    parser = DefusedXMLParser(target=words, forbid_dtd=True)
    left = MEMBER
    with archive.open(part) as file:
        try:
            while words.length < LONGEST and (piece := file.read(PIECE)):
                left -= len(piece)
                if left < 0:
                    raise TooLarge
                parser.feed(piece)
            if words.length < LONGEST:
                parser.close()
        except (ParseError, DefusedXmlException) as error:
            raise ValueError(part) from error
    words.add(" ")


class _Words:
    """`free` where text stands in any element, as in OpenDocument."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.length, self.free, self.spoken = 0, False, 0

    def add(self, text: str) -> None:
        self.found.append(text)
        self.length += len(text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.spoken += tag.rpartition("}")[2] in SPOKEN

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self.spoken -= name in SPOKEN
        if name in ENDS:
            self.add(" ")

    def data(self, text: str) -> None:
        if self.free or self.spoken:
            self.add(text)

    def close(self) -> None:
        """Asked of every reader at a document's end."""
