"""What is shown of a file: pages that we drew, its words, a table, or why there is nothing."""

import csv
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message
from aperto.kernel.files import StoredFile, Withheld
from aperto.kernel.files.models import CLEAN
from aperto.kernel.files.storage import WORDS, open_beside
from aperto.kernel.inspection.report import ABSENT, BROKEN, LARGE, LOCKED, TEXT

LETTERS = 20_000
ROWS, COLUMNS, CELL = 100, 30, 200
REASONS: dict[str, Message] = {
    "": _("The preview is being made."),
    ABSENT: _("Office documents are only drawn where LibreOffice is installed. Download it to read it."),
    LARGE: _("This file is too large to be drawn. Download it to see it."),
    BROKEN: _("This file cannot be read. It may be damaged; it is kept as it came."),
    LOCKED: _("This file asks for a password. Download it to open it."),
}
NOTHING = _("There is no preview of files of this kind. Download it to open it.")


@dataclass(frozen=True)
class Stage:
    """The context `stage` of `files/parts/stage.html`: one of pages, table, text and reason is shown."""

    file: StoredFile
    name: str
    pages: range = range(0)
    table: list[list[str]] = field(default_factory=list)
    text: str = ""
    cut: bool = False
    reason: Message = ""
    waiting: bool = False


def stage_of(file: StoredFile, name: str) -> Stage:
    if file.state != CLEAN:
        return Stage(file, name, reason=Withheld(file).message, waiting=file.state != "found")
    if file.pages:
        return Stage(file, name, pages=range(1, file.pages + 1))
    if file.preview != TEXT:
        return Stage(file, name, reason=REASONS.get(file.preview, NOTHING), waiting=not file.preview)
    with open_beside(file, WORDS) as held:
        text = held.read(4 * LETTERS).decode("utf-8", "ignore")
    cut = len(text) > LETTERS
    if file.content_type == "text/plain" and name.lower().endswith((".csv", ".tsv")):
        return Stage(file, name, table=_table(text[:LETTERS]), cut=cut)
    return Stage(file, name, text=text[:LETTERS], cut=cut)


def _table(text: str) -> list[list[str]]:
    """The first rows; what separates their cells is what the first line has most of."""
    lines = text.splitlines()
    first = lines[0] if lines else ""
    by = max(",;\t", key=first.count)
    try:
        rows = list(islice(csv.reader(lines, delimiter=by), ROWS))
    except csv.Error:
        return [[line] for line in lines[:ROWS]]
    return [[cell[:CELL] for cell in row[:COLUMNS]] for row in rows]
