"""Splits a typed filter into words, quoted values and signs, in one pass and without regular expressions
over the whole text."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from aperto.kernel.query.ast import LONGEST, FilterError

type Sort = Literal["word", "quoted", "sign", "end"]

OPENING = {'"': '"', "“": '”“"', "„": '”“"', "'": "'"}
SIGNS = ("!=", "!~", "<=", ">=", "=", "~", "^", "<", ">", "(", ")", ",")
STOPS = frozenset('=~^<>(),"“”„')


@dataclass(frozen=True, slots=True)
class Token:
    sort: Sort
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower() if self.sort == "word" else ""

    def is_sign(self, text: str) -> bool:
        return self.sort == "sign" and self.text == text


def tokens(text: str) -> list[Token]:
    """The tokens of the text, closed by one of sort "end"."""
    if len(text) > LONGEST:
        raise FilterError(_("A filter holds at most %(longest)s characters.") % {"longest": LONGEST})
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
    if text[start] in OPENING:
        return _quoted(text, start)
    for sign in SIGNS:
        if text.startswith(sign, start):
            return Token("sign", sign, start, start + len(sign))
    end = start + 1
    while end < len(text) and not text[end].isspace() and not _stops(text, end):
        end += 1
    return Token("word", text[start:end], start, end)


def _stops(text: str, position: int) -> bool:
    """An exclamation mark ends a word only where it begins an operator."""
    return text[position] in STOPS or text.startswith(("!=", "!~"), position)


def _quoted(text: str, start: int) -> Token:
    closing, position = OPENING[text[start]], start + 1
    pieces: list[str] = []
    while position < len(text):
        letter = text[position]
        if letter in closing:
            return Token("quoted", "".join(pieces), start, position + 1)
        if letter == "\\" and position + 1 < len(text):
            position += 1
            letter = text[position]
        pieces.append(letter)
        position += 1
    raise FilterError(_("A closing quotation mark is missing."), position=start)
