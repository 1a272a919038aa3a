"""XLSX by XlsxWriter, the one place that knows it: rows go to the disk as they come, figures and days are
cells of their type, and text is never a formula, not even after the sheet was saved as CSV."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.viewer import Viewer
from aperto.transfer import export
from aperto.transfer.injection import harmless
from aperto.transfer.writers.base import Wanted, Writer

MOST_ROWS = 1_048_575
LONGEST = 32_767
PIECE = 256 * 1024
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FIGURES = frozenset({"decimal", "integer", "percent", "rating"})
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree on what day it was

type Put = Callable[[int, int, Any], object]


class Workbook(Writer):
    key, label = "xlsx", gettext_lazy("Workbook (XLSX)")
    ending, content_type = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, wanted: Wanted) -> Iterator[bytes]:
        """The whole file is written before its first piece leaves: its list of parts stands at its end."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "records.xlsx"
            with xlsxwriter.Workbook(path, SETTINGS | {"tmpdir": folder}) as book:
                yield from _fill(book, wanted)
            with path.open("rb") as stream:
                while piece := stream.read(PIECE):
                    yield piece


def _fill(book: Any, wanted: Wanted) -> Iterator[bytes]:
    """Yields nothing for each thousand rows, so that whoever asked can stop it between them."""
    fields, viewer = wanted.fields, wanted.chosen.actor.viewer
    sheet = book.add_worksheet(_sheet_name(text_of(wanted.chosen.declaration.plural)))
    sheet.freeze_panes(1, 0)
    bold, day, moment = (
        book.add_format(each)
        for each in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm:ss"})
    )
    for place, name in enumerate([_("Id"), *_heads(fields)]):
        sheet.write_string(0, place, harmless(name), bold)
    for number, row in enumerate(wanted.rows(), 1):
        if number > MOST_ROWS:
            break
        sheet.write_string(number, 0, str(row.id))
        place = 1
        for field in fields:
            for cell in _cells(field, row.values[field.key], viewer):
                _put(sheet, number, place, cell, day, moment)
                place += 1
        if number % 1_000 == 0:
            yield b""


def _sheet_name(plural: str) -> str:
    return "".join(letter for letter in plural if letter not in "[]:*?/\\'")[:31] or "1"


def _heads(fields: list[Field]) -> Iterator[str]:
    for field in fields:
        yield text_of(field.label)
        if field.kind == "money":
            yield f"{text_of(field.label)} {_('Currency')}"


def _cells(field: Field, value: Any, viewer: Viewer) -> list[Any]:
    """What stands in the columns of the field: an amount has its currency in one of its own."""
    if field.kind == "money":
        return [value.amount, value.currency] if value is not None else [None, None]
    if value is None:
        return [None]
    if field.kind in FIGURES and isinstance(value, int | Decimal):
        return [value]
    if field.kind == "date" and isinstance(value, date) and value >= FIRST_DAY:
        return [value]
    if field.kind == "datetime" and isinstance(value, datetime) and value.date() >= FIRST_DAY:
        return [value.astimezone(viewer.zone).replace(tzinfo=None)]
    return [export.printed(field, value)]


def _put(sheet: Any, row: int, place: int, cell: Any, day: Any, moment: Any) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, place, harmless(cell)[:LONGEST])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, moment)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif cell is not None:
        sheet.write_number(row, place, cell)
