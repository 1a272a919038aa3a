"""One way to make text comparable: without case, accents and repeated blanks.

Stored beside the text, so that search, sort and comparison agree on every engine and need no extension.
"""

import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole, and their plain spelling.
WHOLE = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "ħ": "h"}
)


SHORT = 80  # a word, a name, a title: they come again and again, in columns, keys and search


def fold(text: str) -> str:
    return _folded_short(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


_folded_short = lru_cache(maxsize=8_192)(_folded)
