"""A file of any format as a CSV file of our own, made once when it arrives: every step behind it (mapping,
preview, each chunk of the job, the refused rows) then reads the same plain text, a row at a time."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.transfer.detection import Layout, has_header
from aperto.transfer.formats.base import Format
from aperto.transfer.reading import LARGEST, MOST_COLUMNS, Unreadable

LOOKED_AT = 20
SHEETS = 200


def spool(found: Format, path: Path, sheet: str, target: Path) -> Layout:
    """Writes the rows into `target`; returns how it is written."""
    sheets = found.sheets(path)[:SHEETS]
    chosen = sheet if sheet in sheets else next(iter(sheets), "")
    first: list[list[str]] = []
    size = 0
    with target.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        for cells in found.rows(path, chosen):
            if len(cells) > MOST_COLUMNS:
                words = {"count": len(cells), "most": MOST_COLUMNS}
                raise Unreadable(
                    _("The file has %(count)s columns; at most %(most)s can be imported.") % words
                )
            if len(first) < LOOKED_AT and any(cells):
                first.append(cells)
            size += writer.writerow(cells)
            if size > LARGEST:
                raise Unreadable(_("The file is larger than 200 MB; please split it."))
    if not first:
        raise Unreadable(_("The file is empty."))
    named = has_header(first) if sheets else True
    return Layout("utf-8", ",", named, found.key, chosen, tuple(sheets))
