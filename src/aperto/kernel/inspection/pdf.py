"""PDF by PDFium: the first pages as pictures, the words of all that fit."""

from pathlib import Path

import pypdfium2

from aperto.kernel.inspection.picture import write
from aperto.kernel.inspection.report import LONGEST, MADE, MOST_PAGES, NONE, WIDEST, Locked, Seen

LARGEST_SCALE = 3.0
PASSWORD = 4  # FPDF_ERR_PASSWORD


def look(source: Path, target: Path) -> Seen:
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise (Locked if getattr(error, "err_code", 0) == PASSWORD else ValueError) from error
    shown = min(len(document), MOST_PAGES)
    for number in range(shown):
        _draw(document[number], target, number + 1)
    return Seen(pages=shown, text=_words(document), preview=MADE if shown else NONE)


def _draw(page: pypdfium2.PdfPage, target: Path, number: int) -> None:
    """A page may say that it is a kilometre wide: it is drawn as wide as is shown."""
    width, height = page.get_size()
    scale = min(LARGEST_SCALE, WIDEST / max(width, 1), 2 * WIDEST / max(height, 1))
    write(page.render(scale=scale).to_pil(), target, number)


def _words(document: pypdfium2.PdfDocument) -> str:
    """Page by page, until there is enough."""
    words: list[str] = []
    length = 0
    for page in document:
        text = page.get_textpage().get_text_bounded()
        words.append(text)
        length += len(text)
        if length > LONGEST:
            break
    return "\n".join(words)[:LONGEST]
