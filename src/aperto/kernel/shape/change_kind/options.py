"""Options made of the texts that records hold, for a list that nobody wants to type anew."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.fields.setting import LONGEST_LABEL
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType

MOST = 100
HUES = ("blue", "green", "amber", "red", "violet", "teal", "pink", "slate")
BETWEEN = re.compile(r"[,;\n]")


def found(declaration: ObjectType, old: Field, several: bool) -> list[dict[str, Any]]:
    """One option for each text, spelt as it comes first; FieldError where there are too many."""
    words: dict[str, str] = {}
    for text in _texts(declaration, old):
        for piece in BETWEEN.split(text) if several else [text]:
            word = " ".join(piece.split())
            if word and len(word) <= LONGEST_LABEL:
                words.setdefault(fold(word), word)
        if len(words) > MOST:
            told = _("More than %(most)s different texts were found: they are no list to choose from.")
            raise FieldError(told % {"most": MOST})
    keys: set[str] = set()
    return [_option(word, place, keys) for place, word in enumerate(sorted(words.values(), key=fold))]


def _texts(declaration: ObjectType, old: Field) -> Iterable[str]:
    rows = declaration.model.objects.order_by().annotate(said=old.sql())
    return rows.exclude(said=None).values_list("said", flat=True).distinct()[: MOST * 50].iterator()


def _option(word: str, place: int, taken: set[str]) -> dict[str, Any]:
    plain = re.sub(r"[^a-z0-9]+", "_", fold(word)).strip("_")[:40] or "option"
    key = next(each for each in _spellings(plain) if each not in taken)
    taken.add(key)
    return {"key": key, "label": word, "hue": HUES[place % len(HUES)]}


def _spellings(plain: str) -> Iterable[str]:
    yield plain
    yield from (f"{plain}_{number}" for number in range(2, MOST * 50))
