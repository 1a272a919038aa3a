"""Filter ⇄ the parameters of an address: `?q=` holds the typed text, which a person can read and change."""

from urllib.parse import quote

from django.http import QueryDict

from aperto.kernel.query.ast import Filter
from aperto.kernel.query.parse import parse
from aperto.kernel.query.print import write

PARAMETER = "q"


def to_url(item: Filter | None) -> str:
    """The parameters, without the question mark; blank for no filter."""
    return f"{PARAMETER}={quote(write(item), safe='.,:@()<>=~!')}" if item is not None else ""


def from_url(parameters: QueryDict) -> Filter | None:
    return parse(parameters.get(PARAMETER) or "")
