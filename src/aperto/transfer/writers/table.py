"""Every format that records leave in: a new one is a module and a line here."""

from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.writers.base import Writer
from aperto.transfer.writers.card import Card
from aperto.transfer.writers.delimited import Delimited
from aperto.transfer.writers.json_lines import JsonLines
from aperto.transfer.writers.workbook import Workbook

WRITERS: dict[str, Writer] = {each.key: each for each in (Delimited(), Workbook(), JsonLines(), Card())}


def fitting(declaration: ObjectType) -> list[Writer]:
    return [each for each in WRITERS.values() if each.fits(declaration)]
