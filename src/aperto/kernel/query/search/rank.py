"""How well an entry answers what was typed."""

from dataclasses import dataclass

from rapidfuzz import fuzz

from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.engine import Found

BEGINS_TITLE, BEGINS_WORD, IN_TITLE, BEGINS_IN_TEXT, IN_TEXT = 40.0, 32.0, 20.0, 12.0, 8.0
WHOLE_WORD = 8.0
SAME_TITLE = 30.0
SIMILAR = 20.0  # at most, for a title that looks like what was typed
ACTIVITY = -10.0  # what was done with a record stands below the record


@dataclass(frozen=True)
class Asked:
    """What was typed: the folded text, and its words, each with its spellings."""

    text: str
    words: tuple[tuple[str, ...], ...]
    exact: bool = True

    def best(self, spellings: tuple[str, ...], title: str) -> str:
        """The spelling that the title holds, else the one that was typed."""
        return next((each for each in spellings if each in title), spellings[0])


def score(found: Found, asked: Asked) -> float:
    words = [max(_word(each, found) for each in spellings) for spellings in asked.words]
    total = sum(words) / len(words)
    total += SIMILAR * fuzz.ratio(asked.text, found.title_folded[1:]) / 100
    if found.title_folded[1:] == asked.text:
        total += SAME_TITLE
    return total + (ACTIVITY if registry.get(found.object).activity else 0.0)


def _word(word: str, found: Found) -> float:
    title = found.title_folded
    if f" {word}" in title:
        begins = BEGINS_TITLE if title.startswith(f" {word}") else BEGINS_WORD
        return begins + (WHOLE_WORD if f" {word} " in f"{title} " else 0.0)
    if word in title:
        return IN_TITLE
    if f" {word}" in found.text:
        return BEGINS_IN_TEXT
    return IN_TEXT if word in found.text else 0.0
