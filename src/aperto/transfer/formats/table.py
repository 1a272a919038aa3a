"""Every format that can be read besides CSV: a new one is a module and a line here."""

from pathlib import Path

from aperto.transfer.detection import SAMPLE
from aperto.transfer.formats.base import Format
from aperto.transfer.formats.json_lines import JsonLines
from aperto.transfer.formats.vcard import VCard
from aperto.transfer.formats.workbook import Workbook

FORMATS: dict[str, Format] = {each.key: each for each in (Workbook(), VCard(), JsonLines())}
# What a page lets one choose; what a file truly is, its content says.
ENDINGS = (".csv", ".tsv", ".txt", *(ending for each in FORMATS.values() for ending in each.endings))


def recognised(path: Path) -> Format | None:
    """The format of the file; None for what is read as CSV."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    return next((each for each in FORMATS.values() if each.recognises(path, head)), None)
