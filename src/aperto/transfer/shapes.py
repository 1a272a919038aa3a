"""What a column's cells look like: numbers, dates, addresses; and how they write decimals and dates."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from aperto.kernel.viewer import DateOrder

EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
PHONE = re.compile(r"\+?[\d\s().\-/]{7,20}")
URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?[€$£]?\s?\d[\d\s.,']*\s?[%€$£]?")
DATE = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T].*)?")


def looks_like_value(cell: str) -> bool:
    """Whether the cell can hardly be the name of a column."""
    return bool(EMAIL.fullmatch(cell) or URL.match(cell) or DATE.fullmatch(cell) or NUMBER.fullmatch(cell))


def shape_of(cells: Iterable[str]) -> str:
    """ "email", "url", "date", "number", "phone" or "": what at least four in five filled cells look like."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return ""
    for shape, pattern in (
        ("email", EMAIL),
        ("url", URL),
        ("date", DATE),
        ("number", NUMBER),
        ("phone", PHONE),
    ):
        if sum(bool(pattern.fullmatch(cell)) for cell in filled) >= 0.8 * len(filled):
            return "phone" if shape == "number" and _like_phones(filled) else shape
    return ""


def _like_phones(cells: Sequence[str]) -> bool:
    digits = [re.sub(r"\D", "", cell) for cell in cells]
    return all(7 <= len(each) <= 15 for each in digits) and any(cell[0] in "+0(" for cell in cells)


def decimal_of(cells: Iterable[str]) -> Literal[".", ",", ""]:
    """The decimal mark that the column surely uses; "" where the cells leave it open."""
    commas = points = 0
    for cell in cells:
        text = re.sub(r"[^\d.,]", "", cell)
        last_comma, last_point = text.rfind(","), text.rfind(".")
        if last_comma >= 0 and last_point >= 0:
            commas, points = commas + (last_comma > last_point), points + (last_point > last_comma)
        elif last_comma >= 0 and (len(text) - last_comma - 1 != 3 or text.startswith(("0,", ","))):
            commas += text.count(",") == 1
        elif last_point >= 0 and (len(text) - last_point - 1 != 3 or text.startswith(("0.", "."))):
            points += text.count(".") == 1
    if commas == points:
        return ""
    return "," if commas > points else "."


def date_order_of(cells: Iterable[str]) -> DateOrder | None:
    """The order that the column surely uses; None where every day is below 13."""
    for cell in cells:
        match = DATE.fullmatch(cell.strip())
        if match is None:
            continue
        first, second = match[1], match[2]
        if len(first) == 4:
            return "YMD"
        if int(first) > 12:
            return "DMY"
        if int(second) > 12:
            return "MDY"
    return None
