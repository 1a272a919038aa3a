"""The kinds of fields to choose from: those that are wanted most often first."""

from dataclasses import dataclass

from aperto.kernel.fields import KINDS, Field
from aperto.kernel.fields.base import text_of

FIRST = ("text", "select", "date", "integer", "money", "boolean", "long_text", "multi_select", "reference")


@dataclass(frozen=True)
class Kind:
    """A kind as a page shows it; a template would call the class itself."""

    key: str
    icon: str
    label: str
    explained: str


def described(kind: type[Field]) -> Kind:
    return Kind(kind.kind, kind.icon, text_of(kind.label_of_kind), text_of(kind.explained))


def is_offered(kind: type[Field]) -> bool:
    return KINDS.get(kind.kind) is kind and kind.addable


def offered() -> list[Kind]:
    shown = {key: described(each) for key, each in KINDS.items() if is_offered(each)}
    rest = sorted((each for key, each in shown.items() if key not in FIRST), key=lambda each: each.label)
    return [*(shown[key] for key in FIRST), *rest]
