"""Yes and no in the languages of those who send us files."""

from aperto.kernel.folding import fold

YES_WORDS = (
    "yes y true 1 on x ok v ✓ ✔ ☑ ja j waar aan sim s verdadeiro oui o vrai si verdadero vero wahr checked"
)
NO_WORDS = "no n false 0 off - ✗ ✘ ☐ nee onwaar uit nao falso non faux nein falsch unchecked"
YES, NO = frozenset(YES_WORDS.split()), frozenset(NO_WORDS.split())


def read_yes(text: str) -> bool | None:
    """True, False, or None for a word that says neither."""
    word = fold(text)
    return True if word in YES else False if word in NO else None


def truth(raw: object) -> bool:
    """A flag as JSON, a form or a file writes it."""
    return bool(read_yes(raw)) if isinstance(raw, str) else bool(raw)
