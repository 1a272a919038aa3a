"""A file on its way in: which format it is, and the table that everything behind reads."""

import tempfile
from pathlib import Path

from django.db import transaction

from aperto.transfer import uploads
from aperto.transfer.detection import Layout
from aperto.transfer.formats.spool import spool
from aperto.transfer.formats.table import FORMATS, recognised
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Table, open_table


def take_in(run: ImportRun) -> None:
    """Reads the file that was just kept; Unreadable says why it is none."""
    with uploads.opened(run) as path:
        found = recognised(path)
        if found is None:
            keep_table(run, open_table(path))
            return
        layout = _put_aside(run, path, found.key, "")
    if len(layout.sheets) < 2:
        uploads.drop(run.source)
        run.source = ""


def read_as(run: ImportRun, layout: Layout) -> None:
    """The same file read in another way: another sheet of the workbook, which is kept for this, or other
    letters and delimiters."""
    former = run.place
    if layout.sheet != run.layout.get("sheet", ""):
        with uploads.opened_at(run.source) as path:
            _put_aside(run, path, layout.format, layout.sheet)
        transaction.on_commit(lambda: uploads.drop(former))
    else:
        with uploads.opened(run) as path:
            keep_table(run, open_table(path, layout))


def _put_aside(run: ImportRun, path: Path, key: str, sheet: str) -> Layout:
    """Puts the rows as plain text in the place of the file, which stays as the source."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as copy:
        text = Path(copy.name)
        layout = spool(FORMATS[key], path, sheet, text)
        table = open_table(text, layout)
        with text.open("rb") as stream:
            place = uploads.keep(stream, 0)
    run.source, run.place = run.source or run.place, place
    with uploads.opened(run) as kept:
        keep_table(run, Table(kept, layout, table.header))
    return layout


def keep_table(run: ImportRun, table: Table) -> None:
    run.layout, run.header, run.rows = table.layout.to_json(), list(table.header), table.count()
