"""XLSX workbooks, by python-calamine; the one place that knows it. Cells keep their types up to here, so
dates and numbers do not depend on how the spreadsheet shows them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.transfer.formats import archive
from aperto.transfer.formats.base import Cells, Format
from aperto.transfer.reading import Unreadable

MAIN, TYPES = "xl/workbook.xml", b"[Content_Types].xml"


class Workbook(Format):
    key, label, endings = "xlsx", gettext_lazy("Workbook (XLSX)"), (".xlsx", ".xlsm")

    def recognises(self, path: Path, head: bytes) -> bool:
        """One that was cut off has lost the list of its parts, but begins as every office file does."""
        return head.startswith(b"PK\x03\x04") and (TYPES in head[:200] or MAIN in archive.names_in(path))

    def sheets(self, path: Path) -> list[str]:
        """Visible sheets with cells."""
        archive.judge(path)
        with _opened(path) as book:
            return _sheets(book)

    def rows(self, path: Path, sheet: str) -> Iterator[Cells]:
        """Rows keep the numbers that the spreadsheet shows: those above the first one are blank."""
        archive.judge(path)
        with _opened(path) as book:
            names = _sheets(book)
            if not names:
                raise Unreadable(_("The file is empty."))
            try:
                for row in book.get_sheet_by_name(sheet if sheet in names else names[0]).iter_rows():
                    yield [text_of(cell) for cell in row]
            except (calamine.CalamineError, ValueError) as error:
                raise _damaged(error) from None


def _opened(path: Path) -> "calamine.CalamineWorkbook":
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise _damaged(error) from None


def _damaged(error: Exception) -> Unreadable:
    return Unreadable(_("The workbook is damaged: %(error)s.") % {"error": str(error)[:100]})


def _sheets(book: "calamine.CalamineWorkbook") -> list[str]:
    shown = [
        each.name
        for each in book.sheets_metadata
        if each.typ == calamine.SheetTypeEnum.WorkSheet and each.visible == calamine.SheetVisibleEnum.Visible
    ]
    try:
        return [name for name in shown if book.get_sheet_by_name(name).end is not None]
    except (calamine.CalamineError, ValueError) as error:
        raise _damaged(error) from None


def text_of(cell: Any) -> str:
    """The cell free of any language. A day without a time is a day."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case datetime():
            return cell.replace(microsecond=0).isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return _clock(cell)
        case _:
            return str(cell)


def _clock(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
