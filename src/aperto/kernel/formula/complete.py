"""What could come next in a formula that is being typed, and what each word means.

The parser itself says whether it waits for a value or for a sign, so it refuses nothing that is proposed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy

from aperto.kernel.errors import Message
from aperto.kernel.folding import fold
from aperto.kernel.formula.check import USER
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.functions import FUNCTIONS
from aperto.kernel.formula.kinds import type_of
from aperto.kernel.formula.parse import Parser
from aperto.kernel.formula.tokens import NAME
from aperto.kernel.formula.types import LABELS, Type
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry

if TYPE_CHECKING:
    from aperto.kernel.fields.base import Field

MOST = 12
WORDS: dict[str, Message] = {
    "true": gettext_lazy("Yes."),
    "false": gettext_lazy("No."),
    "empty": gettext_lazy("No value."),
    "not": gettext_lazy("The opposite."),
}
SIGNS: dict[str, Message] = {
    "+": gettext_lazy("Plus."),
    "-": gettext_lazy("Minus."),
    "*": gettext_lazy("Times."),
    "/": gettext_lazy("Divided by."),
    "%": gettext_lazy("What is left after dividing."),
    "&": gettext_lazy("One text after the other."),
    "=": gettext_lazy("Equals."),
    "!=": gettext_lazy("Differs from."),
    "<": gettext_lazy("Is less than."),
    ">": gettext_lazy("Is more than."),
    "and": gettext_lazy("Both hold."),
    "or": gettext_lazy("One of them holds."),
}

type Kind = Literal["field", "function", "word", "sign"]


@dataclass(frozen=True)
class Suggestion:
    """`insert` takes the place of the text from `start` to where the person types."""

    insert: str
    label: str
    kind: Kind
    help: str
    start: int


def complete(text: str, position: int, declaration: ObjectType, own_key: str = "") -> list[Suggestion]:
    """At most a dozen continuations of the text at this position, for the formula of the field `own_key`."""
    before = text[: max(0, position)]
    start = len(before)
    while start and before[start - 1].lower() in NAME:
        start -= 1
    word = before[start:].lower()
    if word[:1].isdigit():
        return []
    awaited = _awaited(before[:start])
    if awaited == "value":
        found = [*_fields(word, declaration, own_key, start), *_functions(word, start)]
    else:
        found = [*_signs(word, start)] if awaited == "sign" else []
    return found[:MOST]


def _awaited(before: str) -> str:
    """What the text waits for at its end; "" where a mistake or an open quotation stands before it."""
    try:
        parser = Parser(before)
    except FormulaError:
        return ""
    if parser.is_at_end():
        return "value"
    try:
        parser.whole()
    except FormulaError:
        return parser.awaited if parser.is_at_end() else ""
    return "sign"


def _fields(word: str, declaration: ObjectType, own_key: str, start: int) -> Iterable[Suggestion]:
    """Those whose key or label begins so, then those that hold it."""
    way, dot, last = word.rpartition(".")
    known = _behind(declaration, way) if dot else dict(declaration.fields)
    if not dot:
        known.pop(own_key, None)
    named = [(key, field) for key, field in known.items() if _fits(field, stepped=bool(dot))]
    wanted = fold(last)
    first = [pair for pair in named if pair[0].startswith(last) or fold(_label(*pair)).startswith(wanted)]
    rest = [
        pair for pair in named if pair not in first and (last in pair[0] or wanted in fold(_label(*pair)))
    ]
    for key, field in [*first, *rest]:
        yield Suggestion(f"{way}{dot}{key}", _label(key, field), "field", _meaning(field), start)


def _behind(declaration: ObjectType, way: str) -> "dict[str, Field]":
    """The fields at the end of a reference."""
    found = declaration.fields.get(way)
    to: Sequence[str] = getattr(found, "to", ())
    if found is None or type_of(found) is not Type.REFERENCE or len(to) != 1:
        return {}
    if to[0] == USER:
        from aperto.kernel.formula.users import FIELDS  # noqa: PLC0415 - fields, which load after this

        return dict(FIELDS)
    return dict(registry.get(to[0]).fields) if to[0] in registry else {}


def _fits(field: "Field", stepped: bool) -> bool:
    if field.derived:
        return True
    found = type_of(field)
    return found is not None and not (stepped and found is Type.REFERENCE)


def _label(key: str, field: "Field") -> str:
    return str(field.label) or key


def _meaning(field: "Field") -> str:
    found = type_of(field)
    return str(LABELS[found] if found else field.label_of_kind)


def _functions(word: str, start: int) -> Iterable[Suggestion]:
    for name, each in FUNCTIONS.items():
        if word and name.startswith(word):
            yield Suggestion(f"{name}(", each.usage, "function", str(each.help), start)
    for name, help_ in WORDS.items():
        if word and name.startswith(word):
            yield Suggestion(name, name, "word", str(help_), start)


def _signs(word: str, start: int) -> Iterable[Suggestion]:
    for sign, help_ in SIGNS.items():
        if sign.startswith(word):
            yield Suggestion(sign, sign, "sign", str(help_), start)


def functions() -> list[tuple[str, str]]:
    """Every function with its help, for a list beside the editor."""
    return [(each.usage, str(each.help)) for each in FUNCTIONS.values()]
