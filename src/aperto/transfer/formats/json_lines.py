"""JSON: an object on each line, or one list of objects. What lies inside becomes columns of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.transfer.detection import LONGEST_CELL
from aperto.transfer.formats.base import Cells, Format
from aperto.transfer.reading import MOST_COLUMNS, Unreadable

LARGEST_LIST = 32 << 20  # a list is read as a whole; lines are not
BOM = b"\xef\xbb\xbf"
MAIN = ("title", "name", "address", "number", "value", "email", "label", "id")
TYPES = ("type", "role", "label")


class JsonLines(Format):
    key, label, endings = "json", gettext_lazy("JSON lines"), (".jsonl", ".ndjson", ".json")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Text that begins like a table may begin with a brace; then its first line is no JSON."""
        text = head.removeprefix(BOM).lstrip()
        if text.startswith(b"["):
            return text[1:].lstrip()[:1] in (b"{", b"]")
        first = text.partition(b"\n")[0]
        return text.startswith(b"{") and (len(first) == len(text) or _is_json(first))

    def rows(self, path: Path, sheet: str) -> Iterator[Cells]:
        columns: dict[str, None] = {}
        for flat in _flattened(path):
            columns.update(dict.fromkeys(flat))
            if len(columns) > MOST_COLUMNS:
                words = {"count": len(columns), "most": MOST_COLUMNS}
                raise Unreadable(
                    _("The file has %(count)s columns; at most %(most)s can be imported.") % words
                )
        yield list(columns)
        for flat in _flattened(path):
            yield [flat.get(name, "") for name in columns]


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _flattened(path: Path) -> Iterator[dict[str, str]]:
    with path.open("rb") as stream:
        begin = stream.read(4096).removeprefix(BOM).lstrip()
    lines = _of_list(path) if begin.startswith(b"[") else _of_lines(path)
    for number, found in lines:
        if not isinstance(found, dict):
            raise Unreadable(_("Row %(number)s is no JSON object.") % {"number": number})
        yield {name: text for key, value in found.items() for name, text in flat(str(key), value)}


def _of_lines(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_CELL), b""), 1):
            if line.strip():
                yield number, _loaded(line.removeprefix(BOM) if number == 1 else line, number)


def _of_list(path: Path) -> Iterator[tuple[int, Any]]:
    if path.stat().st_size > LARGEST_LIST:
        raise Unreadable(_("The JSON list is larger than 32 MB. Write one object on each line instead."))
    return enumerate(_loaded(path.read_bytes().removeprefix(BOM), 1), 1)


def _loaded(text: bytes, number: int) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        words = {"number": number, "error": str(error)[:100]}
        raise Unreadable(_("Row %(number)s is no JSON: %(error)s.") % words) from None


def flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """(column, text); an object becomes a column for each of its properties."""
    if isinstance(value, dict):
        if {"title", "id"} <= value.keys():  # a reference, as our own export writes it
            yield name, _entry(value)
        else:
            for key, inner in value.items():
                yield f"{name} {key}", _text(inner)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return _entry(value) if isinstance(value, dict) else _scalar(value)


def _entry(value: dict[str, Any]) -> str:
    """An entry of a list by what tells it from the others, with its type: "a@x.example (work)"."""
    main = next((_scalar(value[key]) for key in MAIN if value.get(key) not in (None, "")), "")
    kind = next((_scalar(value[key]) for key in TYPES if value.get(key)), "")
    return f"{main} ({kind})" if main and kind and kind != main else main


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
