"""CSV, with either sign between the cells."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aperto.transfer import export
from aperto.transfer.writers.base import Wanted, Writer


class Delimited(Writer):
    key, label = "csv", _("CSV")
    ending, content_type = "csv", "text/csv; charset=utf-8"

    def write(self, wanted: Wanted) -> Iterator[bytes]:
        delimiter = "semicolon" if wanted.options == "semicolon" else "comma"
        lines = export.as_csv(wanted.chosen, wanted.keys, delimiter=delimiter, rows=wanted.rows())
        yield from (line.encode() for line in lines)
