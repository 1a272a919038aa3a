"""Refused rows corrected: in the page where they are few, or in the file that was downloaded."""

import csv
import io
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from aperto.transfer import failures
from aperto.transfer import run as runs
from aperto.transfer.models import ImportFailure, ImportRun
from aperto.transfer.reading import Unreadable
from aperto.web.door import done, person_page
from aperto.web.request import Request
from aperto.web.transfers.going import to

FEW = 50  # rows that can be corrected in the page


@dataclass(frozen=True)
class CellToCorrect:
    name: str
    text: str
    label: str
    wrong: bool


@dataclass(frozen=True)
class RowToCorrect:
    number: int
    reasons: list[str]
    cells: list[CellToCorrect]


def rows_to_correct(run: ImportRun) -> list[RowToCorrect]:
    """The first refused rows, with the cells that are read."""
    labels = _labels(run)
    return [_row(run, failure, labels) for failure in failures.first(run, FEW)]


def used(run: ImportRun) -> list[int]:
    return sorted(int(place) for place in run.choices.get("mapping", {}))


def heads(run: ImportRun) -> list[str]:
    return [run.header[place] for place in used(run)]


def _labels(run: ImportRun) -> dict[int, str]:
    """The label of the field that each column is read into; a reason begins with the one that it is about."""
    fields = registry.get(run.object).fields
    keys = {place: str(run.choices["mapping"][str(place)]).partition(".")[0] for place in used(run)}
    return {place: text_of(fields[key].label) if key in fields else "" for place, key in keys.items()}


def _row(run: ImportRun, failure: ImportFailure, labels: dict[int, str]) -> RowToCorrect:
    cells = [
        CellToCorrect(
            f"cell-{failure.number}-{place}",
            failure.cells[place] if place < len(failure.cells) else "",
            _("%(column)s of row %(number)s") % {"column": run.header[place], "number": failure.number},
            any(reason.startswith(f"{labels[place]}: ") for reason in failure.reasons),
        )
        for place in used(run)
    ]
    return RowToCorrect(failure.number, failure.reasons, cells)


@require_POST
@person_page
def correct(request: Request, run: UUID) -> HttpResponse:
    """A new import of the corrected rows, with the mapping of the old one; begun at once."""
    former = runs.find(request.actor, run)
    declaration = registry.get(former.object)
    file = request.FILES.get("file")
    try:
        if file is not None:
            content = cast("BinaryIO", file.file)
            name, size = file.name or former.name, file.size or 0
        else:
            text = corrected_text(former, request.POST).encode()
            content, name, size = io.BytesIO(text), former.name, len(text)
        fresh = runs.begin(request.actor, declaration, content, name, size, corrects=former.pk)
    except Unreadable as problem:
        return done(request, str(problem), tone="bad", to=f"/imports/{run}")
    if fresh.choices.get("mapping") == former.choices.get("mapping"):
        runs.start(request.actor, fresh)
    return to(request, f"/imports/{fresh.pk}")


def corrected_text(run: ImportRun, post: QueryDict) -> str:
    """The refused rows as a file, with what was typed into their cells."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=str(run.layout.get("delimiter", ",")))
    writer.writerow(run.header)
    for failure in failures.first(run, FEW):
        cells = list(failure.cells) + [""] * (len(run.header) - len(failure.cells))
        for place in used(run):
            cells[place] = post.get(f"cell-{failure.number}-{place}", cells[place])
        writer.writerow(cells)
    return written.getvalue()
