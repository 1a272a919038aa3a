"""Names of columns in one spelling: "E-mail 1 - Value", "emailAddress" and "E_MAIL" become words."""

import re
from functools import lru_cache

from aperto.kernel.folding import fold

HUMP = re.compile(r"(?<=[a-zß-ÿ\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)  # d'activité, l'adresse


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Folded words in the singular; "e mail" is one word, figures stand alone, repeated words are one."""
    spaced = name if name.isupper() else HUMP.sub(" ", name)
    spaced = ELISION.sub(" ", spaced).replace("’", "").replace("'", " ")
    plain = re.sub(r"[^a-z0-9]+", " ", fold(spaced))
    plain = re.sub(r"\be mail", "email", plain)
    plain = re.sub(r"(?<=[a-z]{3})(?=\d)", " ", plain)
    words: list[str] = []
    for word in map(singular, plain.split()):
        if not words or words[-1] != word:
            words.append(word)
    return tuple(words)


def singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


def phrase_of(name: str) -> str:
    return " ".join(words_of(name))


def phrases(listed: str) -> list[str]:
    """The phrases of a row of words, between commas."""
    return [phrase for each in listed.split(",") if (phrase := phrase_of(each.strip()))]
