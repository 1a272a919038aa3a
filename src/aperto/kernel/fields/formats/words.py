"""Yes and no in the languages of those who send us files."""

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
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


# How `truth` may be told, as JSON schema.
FLAG = {"type": ["boolean", "integer", "string", "null"], "default": False}


def truth(raw: object) -> bool:
    """A flag as JSON, a form or a file writes it; left out it is no. FieldError for what says neither."""
    told = read_yes(raw) if isinstance(raw, str) and raw else raw
    if told is not None and not isinstance(told, int | str) or (told is None and raw is not None):
        raise FieldError(_("Yes or no is expected here."))
    return bool(told)
