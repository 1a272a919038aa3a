"""The words of plain text, and of pages without their tags and scripts."""

from html.parser import HTMLParser
from pathlib import Path

from aperto.kernel.inspection.report import LONGEST, TEXT, Seen

SILENT = frozenset({"script", "style", "template", "noscript", "title"})
BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "td", "th"})
BYTES = 4 * LONGEST


def plain(source: Path, target: Path) -> Seen:
    return Seen(text=read(source), preview=TEXT)


def page(source: Path, target: Path) -> Seen:
    """HTML and SVG are never drawn; their words are text."""
    reader = _Words()
    reader.feed(read(source))
    reader.close()
    return Seen(text=" ".join("".join(reader.found).split())[:LONGEST], preview=TEXT)


def read(source: Path) -> str:
    """UTF-8, or what Windows wrote before it."""
    with source.open("rb") as file:
        raw = file.read(BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start >= len(raw) - 4 and len(raw) == BYTES
        text = raw.decode("utf-8-sig" if cut else "cp1252", "replace")
    return text[:LONGEST].replace("\0", "")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self._silent:
            self._silent -= 1
        if tag in BREAKS:
            self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
