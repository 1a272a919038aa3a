"""Small files of each format, made here."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(
        written, {"default_date_format": "dd-mm-yy", "strings_to_formulas": False}
    ) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return written.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with another content of one part."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            new.writestr(each.filename, part if each.filename == name else old.read(each))
    return written.getvalue()
