"""The rows that did not come in, as a file that can be corrected and imported again."""

import csv
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.transfer import models as books
from aperto.transfer.injection import harmless, original
from aperto.transfer.models import ImportFailure, ImportRun

REASON = gettext_lazy("Why it was not imported")


class Echo:
    """A place to write to that hands back what was written."""

    def write(self, text: str) -> str:
        return text


def first(run: ImportRun, limit: int) -> list[ImportFailure]:
    """The first refused rows, in the order of the file."""
    return list(books.refused().filter(run=run).order_by("number")[:limit])


def as_csv(run: ImportRun) -> Iterator[str]:
    """The columns of the file as they were, and one more that says what is wrong with the row."""
    writer = csv.writer(Echo(), delimiter=_delimiter(run))
    yield "\ufeff" + writer.writerow([*map(safe, run.header), str(REASON)])
    refused = books.refused().filter(run=run).order_by("number")
    for row in refused.iterator(chunk_size=1_000):
        cells = list(row.cells[: len(run.header)]) + [""] * (len(run.header) - len(row.cells))
        yield writer.writerow([*map(safe, cells), safe("; ".join(row.reasons))])


def _delimiter(run: ImportRun) -> str:
    given = str(run.layout.get("delimiter", ","))
    return given if given in (",", ";", "\t") else ","


def safe(cell: str) -> str:
    """A cell that was marked already is not marked twice."""
    return harmless(original(cell))


def sentence(reasons: Sequence[str]) -> str:
    return " ".join(reasons)


def file_name(run: ImportRun) -> str:
    stem = run.name.rpartition(".")[0] or run.name
    return _("%(file)s, rows to correct.csv") % {"file": stem[:80]}
