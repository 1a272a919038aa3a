"""One way to make text comparable: without case, accents and repeated blanks.

Stored beside the text, so that search, sort and comparison agree on every engine and need no extension.
"""

import unicodedata

# Letters that NFKD leaves whole, and their plain spelling.
WHOLE = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "ħ": "h"}
)


def fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
