"""Address books as vCards: each card is a row, with the columns that any card of the file fills."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy

from aperto.transfer.detection import SAMPLE, encoding_of
from aperto.transfer.formats.base import Cells, Format
from aperto.transfer.formats.vcard_lines import Card, Property, cards
from aperto.transfer.targets import split_name

DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
PHONES = (("fax", "fax"), ("cell", "mobile"), ("mobile", "mobile"), ("iphone", "mobile"),
          ("work", "work"), ("home", "home"))  # fmt: skip
EMAILS = (("work", "work"), ("home", "home"))
ADDRESS = ("Post office box", "Street 2", "Street", "City", "Region", "Postal code", "Country")
TEXTS = {
    "TITLE": "Job title", "ROLE": "Role", "URL": "Website", "NOTE": "Description", "NICKNAME": "Nickname",
    "CATEGORIES": "Categories", "LANG": "Language", "UID": "External id",
}  # fmt: skip


class VCard(Format):
    key, label, endings = "vcard", gettext_lazy("Address book (vCard)"), (".vcf", ".vcard")

    def recognises(self, path: Path, head: bytes) -> bool:
        begin = head[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return begin[:11].upper() == b"BEGIN:VCARD"

    def rows(self, path: Path, sheet: str) -> Iterator[Cells]:
        columns: dict[str, None] = {}
        for row in _rows(path):
            columns.update(dict.fromkeys(row))
        yield list(columns)
        for row in _rows(path):
            yield [row.get(name, "") for name in columns]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open("rb") as stream:
        encoding = encoding_of(path, stream.read(SAMPLE))
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        for card in cards(iter(lambda: lines.readline(1 << 20), "")):
            if card.text("KIND").lower() != "group":  # a list of others, nobody itself
                yield row_of(card)


def row_of(card: Card) -> dict[str, str]:
    """The columns that this card fills."""
    company, *units = found.parts() if (found := card.first("ORG")) else [""]
    row = _names(card) | {
        "Company": company,
        "Department": units[0] if units else "",
        "E-mail": "; ".join(_typed(each, EMAILS) for each in card.all("EMAIL")),
        "Phone": "; ".join(_typed(each, PHONES) for each in card.all("TEL")),
        **_address(card),
        "Birthday": "-".join(day.groups()) if (day := DAY.match(card.text("BDAY"))) else "",
    }
    row |= {column: card.text(name) for name, column in TEXTS.items()}
    return {column: text for column, text in row.items() if text}


def _names(card: Card) -> dict[str, str]:
    """From N where it is filled, else from the written name; a firm's own card has neither."""
    given = found.parts() if (found := card.first("N")) else []
    last, first, middle, before, after = [*given, "", "", "", "", ""][:5]
    if not (last or first):
        written = split_name(card.text("FN") or card.text("NICKNAME") or card.text("ORG").partition(";")[0])
        last, first = written["last_name"], written["first_name"]
    first = " ".join(filter(None, (first, middle)))
    if not last:
        last, first = first, ""
    return {"First name": first, "Last name": last, "Salutation": before, "Suffix": after}


def _typed(found: Property, known: tuple[tuple[str, str], ...]) -> str:
    text = re.sub(r"^(tel|mailto):", "", found.plain, flags=re.IGNORECASE).replace(";ext=", " ext ")
    text = " ".join(text.replace(";", " ").split())
    kind = next((ours for theirs, ours in known if theirs in found.types), "")
    return f"{text} ({kind})" if kind else text


def _address(card: Card) -> dict[str, str]:
    found = card.first("ADR")
    parts = dict(zip(ADDRESS, found.parts(), strict=False)) if found else {}
    if not parts.get("Street"):
        parts["Street"] = parts.pop("Post office box", "")
    return parts
