"""A list as a page for paper: plain black on white, its head repeated on each sheet; the browser makes a PDF
of it. No library draws it: what the browser prints has the fonts, scripts and directions of the page."""

from itertools import islice

from django.http import HttpResponse

from aperto.kernel.fields.base import text_of
from aperto.transfer.writers.base import Wanted
from aperto.web.request import Request
from aperto.web.shell import render

PRINT = "print"
MOST = 2_000  # rows; more are no reading matter


def print_page(request: Request, wanted: Wanted) -> HttpResponse:
    viewer, fields = request.actor.viewer, wanted.fields
    rows = [
        [(field.text(row.values[field.key], viewer), field.numeric) for field in fields]
        for row in islice(wanted.rows(), MOST + 1)
    ]
    context = {
        "declaration": wanted.chosen.declaration,
        "heads": [(text_of(field.label), field.numeric) for field in fields],
        "rows": rows[:MOST],
        "cut": len(rows) > MOST,
        "most": MOST,
        "now": viewer.now(),
    }
    return render(request, "transfers/print.html", context)
