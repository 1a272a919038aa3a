"""People as vCards (3.0, which every phone reads): only what their fields are for goes in."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.transfer.targets import splits_names
from aperto.transfer.writers.base import Wanted, Writer

FOLD = 74  # octets of a line
TYPES = {"work": "WORK", "home": "HOME", "mobile": "CELL", "fax": "FAX"}
TEXTS = {"job_title": "TITLE", "website": "URL", "birthday": "BDAY", "description": "NOTE"}


class Card(Writer):
    key, label = "vcard", _("Address book (vCard)")
    ending, content_type = "vcf", "text/vcard; charset=utf-8"
    whole = True

    def fits(self, declaration: ObjectType) -> bool:
        kinds = {field.kind for field in declaration.fields.values()}
        return splits_names(declaration) and bool(kinds & {"emails", "phones"})

    def write(self, wanted: Wanted) -> Iterator[bytes]:
        fields = {field.key: field for field in wanted.fields}
        for row in wanted.rows():
            lines = ["BEGIN:VCARD", "VERSION:3.0", *_lines(row, fields), "END:VCARD"]
            yield b"".join(_folded(line) for line in lines)


def _lines(row: Row, fields: dict[str, Field]) -> Iterator[str]:
    held = {key: row.values[key] for key in fields if row.values[key] is not None}
    first, last = str(held.get("first_name", "")), str(held.get("last_name", ""))
    yield f"N:{escaped(last)};{escaped(first)};;;"
    yield f"FN:{escaped(' '.join(filter(None, (first, last))) or row.title)}"
    yield f"UID:urn:uuid:{row.id}"
    if "company" in held:
        yield f"ORG:{escaped(held['company'].title)};{escaped(str(held.get('department', '')))}"
    for key, name in TEXTS.items():
        if key in held:
            yield f"{name}:{escaped(fields[key].export(held[key]))}"
    for key, value in held.items():
        yield from _of_kind(fields[key], value)


def _of_kind(field: Field, value: Any) -> Iterator[str]:
    if field.kind == "emails":
        yield from (f"EMAIL;TYPE=INTERNET{_typed(each)}:{escaped(each['address'])}" for each in value)
    elif field.kind == "phones":
        yield from (f"TEL{_typed(each)}:{escaped(each['number'])}" for each in value)
    elif field.kind == "address":
        parts = ("street", "city", "region", "postal_code", "country")
        yield f"ADR;TYPE=WORK:;;{';'.join(escaped(str(value.get(part) or '')) for part in parts)}"


def _typed(entry: dict[str, Any]) -> str:
    known = TYPES.get(str(entry.get("type", "")), "")
    return (f";TYPE={known}" if known else "") + (";TYPE=PREF" if entry.get("primary") else "")


def escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").replace("\0", "")


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, never cut within a letter."""
    pieces, held = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(held) + len(octets) > FOLD:
            pieces.append(held)
            held = b""
        held += octets
    return b"\r\n ".join([*pieces, held]) + b"\r\n"
