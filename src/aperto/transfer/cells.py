"""One cell as a value, more patiently than a form reads: what other systems write is meant too."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.viewer import Viewer
from aperto.transfer.names import phrase_of, phrases
from aperto.transfer.words import CHOICES

type Read = Callable[[Any], Any]
REMEMBERED = 5_000  # cells of one column


def read_cell(field: Field, raw: Any, viewer: Viewer) -> Any:
    """The value; raises FieldError."""
    try:
        return field.parse(raw, viewer)
    except FieldError:
        known = getattr(field, "options", None)
        if known is None or not isinstance(raw, str):
            raise
        key = spellings().get(phrase_of(raw))
        if key is None or key not in {option.key for option in known}:
            raise
        return field.parse(key, viewer)


@lru_cache
def spellings() -> Mapping[str, str]:
    """{other spelling of a choice: its key}."""
    return {phrase: key for key, listed in CHOICES.items() for phrase in phrases(listed)}


class Memory:
    """Reads the cells of one field, or its pieces; equal ones are read once, as long as there are not too
    many."""

    def __init__(self, field: Field, viewer: Viewer) -> None:
        self.field, self.viewer = field, viewer
        self.known: dict[Hashable, Any] = {}

    def read(self, raw: Any) -> Any:
        if isinstance(raw, str):
            word: Hashable = raw
        elif isinstance(raw, dict):
            word = tuple(raw.items())
        else:
            return read_cell(self.field, raw, self.viewer)
        if word in self.known:
            found = self.known[word]
        else:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            found = self.known[word] = self._fresh(raw)
        if isinstance(found, FieldError):
            raise found
        return found

    def _fresh(self, raw: Any) -> Any:
        try:
            return read_cell(self.field, raw, self.viewer)
        except FieldError as error:
            return error
