"""Values as they are written in statements and in the blocks of COPY."""

import re
from collections.abc import Sequence
from functools import cache

STRING = r"(?:\w+\s*)?'(?:[^'\\]++|\\.|'')*+'"
PLAIN_STRING = r"(?:\w+\s*)?'(?:[^']++|'')*+'"  # PostgreSQL: a backslash is only a backslash
ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
COPIED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
OCTAL = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)", re.DOTALL)

type Cell = str | None


@cache
def row_of(width: int, plain: bool) -> re.Pattern[str]:
    """A row of that many values, with what follows it: a comma or the end of the statement."""
    value = rf"\s*+({PLAIN_STRING if plain else STRING}|[^,()']*+)"
    return re.compile(r"\s*+\(" + ",".join([value] * width) + r"\s*+\)\s*+([,;])", re.DOTALL)


@cache
def any_row(plain: bool) -> re.Pattern[str]:
    """A row of whatever width, also with calls of functions in it."""
    string = PLAIN_STRING if plain else STRING
    return re.compile(rf"\s*+\(((?:[^'()]++|{string}|\((?:[^'()]++|{string})*+\))*+)\)\s*+([,;])", re.DOTALL)


@cache
def one_value(plain: bool) -> re.Pattern[str]:
    string = PLAIN_STRING if plain else STRING
    return re.compile(rf"\s*((?:{string}|\((?:[^'()]++|{string})*+\)|[^,'()])*+)(,|\Z)", re.DOTALL)


def values_in(row: str, plain: bool) -> list[str]:
    """The values between the parentheses of a row, as they are written."""
    found: list[str] = []
    for match in one_value(plain).finditer(row):
        found.append(match[1].strip())
        if not match[2]:
            break
    return found


def cells(raws: Sequence[str], plain: bool) -> list[Cell]:
    """The most usual forms are told at once: this runs for each value of a dump."""
    return [
        None
        if raw == "NULL"
        else raw
        if raw.isdigit()
        else raw[1:-1]
        if raw[:1] == "'" and "\\" not in raw and "''" not in raw
        else cell(raw, plain)
        for raw in raws
    ]


def cell(raw: str, plain: bool) -> Cell:
    raw = raw.strip()
    if raw[:1] == "'":
        return text_of(raw[1:-1], plain)
    if raw.upper() == "NULL" or not raw:
        return None
    if raw[:2] in ("0x", "0X"):
        return from_hex(raw[2:])
    if raw[-1] != "'":
        return raw
    before, _quote, rest = raw.partition("'")
    word = before.strip().lower()
    if word == "x":
        return from_hex(rest[:-1])
    if word == "b":
        return str(int(rest[:-1] or "0", 2))
    return text_of(rest[:-1], plain and word != "e")


def text_of(inner: str, plain: bool) -> str:
    if plain:
        return inner.replace("''", "'")
    if "\\" not in inner:
        return inner.replace("''", "'")
    # "''" may not be joined across an escaped quote, so both are undone in one walk
    return re.sub(r"\\(.)|''", _undone, inner, flags=re.DOTALL)


def _undone(match: re.Match[str]) -> str:
    return "'" if match[1] is None else ESCAPES.get(match[1], match[1])


def from_hex(digits: str) -> str:
    """Bytes that are text are text; others stay as digits, so that nothing is lost."""
    try:
        return bytes.fromhex(digits).decode()
    except ValueError:
        return digits


def copied(line: str) -> list[Cell]:
    """The values of one line of COPY."""
    raws = line.split("\t")
    if "\\" not in line:
        return list(raws)
    return [None if raw == "\\N" else OCTAL.sub(_copied, raw) if "\\" in raw else raw for raw in raws]


def _copied(match: re.Match[str]) -> str:
    word = match[1]
    if word[0] in "01234567":
        return chr(int(word, 8))
    if word[0] == "x" and len(word) > 1:
        return chr(int(word[1:], 16))
    return COPIED.get(word, word)
