"""Splits a formula into numbers, quoted texts, names and signs, in one pass."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from aperto.kernel.formula.ast import LONGEST
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.query.tokens import OPENING

type Sort = Literal["number", "text", "name", "sign", "end"]

SIGNS = ("!=", "<>", "<=", ">=", "==", "=", "<", ">", "+", "-", "*", "/", "%", "&", "(", ")", ",")
SPELLINGS = {"==": "=", "<>": "!=", "×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", ";": ","}
FIGURES = frozenset("0123456789")
FIRST = frozenset("abcdefghijklmnopqrstuvwxyz_")
NAME = FIRST | FIGURES | {"."}
MOST_FIGURES = 15
MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Token:
    sort: Sort
    text: str
    start: int
    end: int

    def is_sign(self, text: str) -> bool:
        return self.sort == "sign" and self.text == text

    def is_word(self, text: str) -> bool:
        return self.sort == "name" and self.text == text


def tokens(text: str) -> list[Token]:
    """The tokens of the text, closed by one of sort "end"."""
    if len(text) > LONGEST:
        message = _("A formula holds at most %(longest)s characters.") % {"longest": LONGEST}
        raise FormulaError(message, LONGEST, len(text))
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token(text, position)
        found.append(token)
        position = token.end
    found.append(Token("end", "", len(text), len(text)))
    return found


def _token(text: str, start: int) -> Token:
    letter = text[start]
    if letter in OPENING:
        return _quoted(text, start)
    if letter in FIGURES or (letter == "." and text[start + 1 : start + 2] in FIGURES):
        return _number(text, start)
    for sign in (*SIGNS, *SPELLINGS):
        if text.startswith(sign, start):
            return Token("sign", SPELLINGS.get(sign, sign), start, start + len(sign))
    if letter.lower() in FIRST:
        end = _run(text, start, NAME)
        return Token("name", text[start:end].lower(), start, end)
    message = _("“%(sign)s” has no meaning in a formula.") % {"sign": letter}
    raise FormulaError(message, start, start + 1)


def _run(text: str, start: int, letters: frozenset[str]) -> int:
    end = start
    while end < len(text) and text[end].lower() in letters:
        end += 1
    return end


def _number(text: str, start: int) -> Token:
    end = _run(text, start, FIGURES | {"."})
    whole, _point, decimals = (figures := text[start:end]).partition(".")
    if "." in decimals:
        raise FormulaError(_("“%(text)s” is not a number.") % {"text": figures[:40]}, start, end)
    if len(whole) > MOST_FIGURES or len(decimals) > MOST_DECIMALS:
        raise FormulaError(_("This number has too many figures."), start, end)
    return Token("number", f"{whole or '0'}.{decimals or '0'}" if decimals else whole, start, end)


def _quoted(text: str, start: int) -> Token:
    closing, position = OPENING[text[start]], start + 1
    pieces: list[str] = []
    while position < len(text):
        letter = text[position]
        if letter in closing:
            return Token("text", "".join(pieces), start, position + 1)
        if letter == "\\" and position + 1 < len(text):
            position += 1
            letter = text[position]
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            message = _("The text holds a character that cannot be kept.")
            raise FormulaError(message, position, position + 1)
        pieces.append(letter)
        position += 1
    raise FormulaError(_("A closing quotation mark is missing."), start, len(text))
