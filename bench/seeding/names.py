"""Names of four languages: those of the demonstration company, and others made of their parts.

A hundred surnames for a hundred thousand people would make every search find a thousand; a few thousand
surnames, some common and most rare, are what a real address book has.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from aperto.crm.demo.load import LANGUAGES, vocabulary
from aperto.crm.demo.vocabulary import Vocabulary
from aperto.kernel.folding import fold

ENDS = {
    "en": [
        "son",
        "ton",
        "ley",
        "ford",
        "well",
        "man",
        "field",
        "wood",
        "worth",
        "ham",
        "by",
        "stead",
        "ridge",
    ],
    "nl": [
        "sma",
        "stra",
        "man",
        "huis",
        "ink",
        "veld",
        "hof",
        "dam",
        "kamp",
        "meijer",
        "sen",
        "horst",
        "beek",
    ],
    "pt": ["eira", "inho", "ado", "oso", "edo", "ães", "al", "ares", "ima", "ela", "ança", "ões", "eiro"],
    "fr": ["eau", "ier", "ot", "elle", "in", "ard", "et", "oux", "aud", "illon", "erie", "mont", "val"],
}
STARTS = {
    "en": ("", "", "", "Mc", "O'"),
    "nl": ("", "", "van ", "van der ", "de "),
    "pt": ("", "", "", "da ", "dos "),
    "fr": ("", "", "", "Le ", "de "),
}
KINDS = {"en": "Group", "nl": "Groep", "pt": "Grupo", "fr": "Groupe"}


@dataclass(frozen=True)
class Tongue:
    """One language: its words, and its surnames by how common they are."""

    language: str
    words: Vocabulary
    surnames: tuple[str, ...]

    def person(self, chance: Random) -> tuple[str, str]:
        first = chance.choice(self.words.first_names)
        if chance.random() < 0.12:
            first = f"{first}-{chance.choice(self.words.first_names)}"
        last = self.surname(chance)
        return first, f"{last}-{self.surname(chance)}" if chance.random() < 0.08 else last

    def surname(self, chance: Random) -> str:
        """The lower the number of a surname, the more people bear it."""
        return self.surnames[int(len(self.surnames) * chance.random() ** 2)]

    def company(self, chance: Random) -> str:
        start = chance.choice(self.words.company_starts) if chance.random() < 0.4 else self.surname(chance)
        name = f"{start} {chance.choice(self.words.company_ends)}"
        if chance.random() < 0.25:
            name = f"{name} {chance.choice(self.words.places).city}"
        return f"{KINDS[self.language]} {name}" if chance.random() < 0.1 else name


@lru_cache
def tongue(language: str) -> Tongue:
    words = vocabulary(language)
    stems = sorted({name.split()[-1] for name in words.last_names})
    made = [
        f"{start}{stem[: 5 + len(end) % 3]}{end}"
        for end in ENDS[language]
        for start in STARTS[language]
        for stem in stems
    ]
    Random(language).shuffle(made)
    return Tongue(language, words, (*words.last_names, *dict.fromkeys(made)))


def tongues() -> list[Tongue]:
    return [tongue(language) for language in LANGUAGES]


def local_part(first: str, last: str) -> str:
    return fold(f"{first}.{last}").replace(" ", "").replace("'", "")
