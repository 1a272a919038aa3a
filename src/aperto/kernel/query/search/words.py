"""Words as they sound: how a misspelt name finds its record.

Each word of a title is kept under its skeleton (a light phonetic spelling, cut to seven letters) and
under the skeleton with each one letter left out. A typed word is treated likewise; what meets differs by
one letter too many, too few, wrong or exchanged.
"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from aperto.kernel.folding import fold

SHORTEST, LONGEST = 3, 24
PREFIX = 7
MOST_SPELLINGS = 4
NO_LETTER = re.compile(r"[\W\d_]+")
DOUBLE = re.compile(r"(.)\1+")
SOUNDS = (
    ("sch", "s"), ("ck", "k"), ("cq", "q"), ("qu", "k"), ("q", "k"), ("ph", "f"), ("ij", "y"), ("ie", "i"),
    ("th", "t"), ("dt", "t"), ("gh", "g"), ("c", "k"), ("z", "s"), ("w", "v"),
)  # fmt: skip


def words_of(text: str) -> set[str]:
    """The words of a folded text that are worth keeping."""
    return {word for word in NO_LETTER.split(text) if SHORTEST <= len(word) <= LONGEST}


def skeleton(word: str) -> str:
    for written, sound in SOUNDS:
        if written in word:
            word = word.replace(written, sound)
    return DOUBLE.sub(r"\1", word)[:PREFIX]


def deletions(word: str) -> set[str]:
    """The skeleton, and the skeleton with one letter left out."""
    bones = skeleton(word)
    if len(bones) < SHORTEST:
        return {bones}
    return {bones, *(bones[:place] + bones[place + 1 :] for place in range(len(bones)))}


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that the typed one may stand for, the most similar first."""
    bones, allowed = skeleton(word), 1 if len(word) <= 4 else 2
    found: list[tuple[float, str]] = []
    for each in known:
        distance = DamerauLevenshtein.distance(word, each, score_cutoff=3)
        sounds = DamerauLevenshtein.distance(bones, skeleton(each), score_cutoff=2)
        if distance <= allowed or sounds == 0:
            found.append((distance + sounds, each))
    return [each for _distance, each in sorted(found)][:MOST_SPELLINGS]


def typed(text: str, most: int = 6) -> list[str]:
    """The words that a person typed, folded, without punctuation at their ends."""
    plain = text[:200].encode(errors="ignore").decode().replace("\0", " ")
    words = (word.strip(",;:.!?()[]{}\"'“”") for word in fold(plain).split())
    return list(dict.fromkeys(word for word in words if word))[:most]


def digits_of(text: str) -> str:
    """The digits of what looks like a part of a phone number, without what only some people dial first."""
    if not re.fullmatch(r"[\d\s+\-()./]{4,40}", text.strip()):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    bare = digits.lstrip("0") if digits.startswith("0") and len(digits) >= 6 else digits
    return bare if len(bare) >= 4 else ""


def spans(title: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the folded words stand in the title as it is written: (start, end), in order."""
    folded, places = _folded_with_places(title)
    found: list[tuple[int, int]] = []
    for word in words:
        start = folded.find(f" {word}")
        start = folded.find(word) if start < 0 else start + 1
        if start >= 0:
            found.append((places[start], places[start + len(word) - 1] + 1))
    return _merged(found)


def _folded_with_places(title: str) -> tuple[str, list[int]]:
    """The folded title after a blank, and for each of its letters the place in the title."""
    folded, places = [" "], [0]
    for place, letter in enumerate(title):
        plain = " " if letter.isspace() else fold(letter)
        folded += plain
        places += [place] * len(plain)
    return "".join(folded), places


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
