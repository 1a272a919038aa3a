"""Cells that a spreadsheet would run as a formula, made harmless on the way out and restored on the way in.

An apostrophe before such a cell is what spreadsheets themselves write for "this is text". Plain numbers,
amounts and phone numbers begin with the same signs; they stay as they are, because nothing in them runs.
"""

import re

RUNS = re.compile(r"'*[=+\-@\t\r\n]")
MARKED = re.compile(r"'+[=+\-@\t\r\n]")
# Figures with marks between them and a currency behind; phone numbers with their types in parentheses.
NUMBER = r"[+-]?\d[\d .,]*(?: ?[A-Z]{3}| ?%)?"
PHONES = r"\+\d[\d ]*(?: ext \d+)?(?: \([a-z_, ]+\))?"
PLAIN = re.compile(rf"{NUMBER}|{PHONES}(?:; {PHONES})*")


def harmless(text: str) -> str:
    """The cell as it may stand in a file."""
    return f"'{text}" if RUNS.match(text) and not PLAIN.fullmatch(text) else text


def original(text: str) -> str:
    """The cell as it was before `harmless`."""
    return text[1:] if text[:1] == "'" and MARKED.match(text) else text
