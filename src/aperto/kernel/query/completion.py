"""What could come next in the typed box: fields, comparisons, values or the words that join.

The parser itself says what it waits for where the text breaks off, so that the box never proposes what
the parser would refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import dates, said
from aperto.kernel.query.parse import FIELD, Parser
from aperto.kernel.query.pointers import CHOICES, PRESENCE, SUBSTRINGS, USER, targets
from aperto.kernel.query.print import value
from aperto.kernel.query.reach import alive
from aperto.kernel.query.readable import readable
from aperto.kernel.query.tokens import OPENING

MOST = 12
LONGEST = 3  # words of a value that are looked back at
USER_FIELDS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "active": gettext_lazy("Active"),
}

type Kind = Literal["field", "operator", "value", "word"]


@dataclass(frozen=True)
class Suggestion:
    """`insert` takes the place of the text from `start` to where the person types."""

    insert: str
    label: str
    kind: Kind
    start: int


def complete(actor: Actor, object_key: str, text: str, position: int) -> list[Suggestion]:
    """At most a dozen continuations of the text at this position."""
    before = text[: max(0, position)]
    found: dict[str, Suggestion] = {}
    for start in _starts(before):
        word = before[start:].lstrip("".join(OPENING))
        try:
            awaited = list(_awaited(Parser(before[:start]), actor, registry.get(object_key), word))
        except FieldError:
            continue
        for insert, label, kind in awaited:
            if start == _start_of_word(before) or kind == "value" and _goes_on(word, insert, label):
                found.setdefault(insert, Suggestion(insert, label, kind, start))
    return list(found.values())[:MOST]


def _goes_on(word: str, insert: str, label: str) -> bool:
    """Whether a value of several words is begun, and not yet said in full."""
    return _begins(word, insert, label) and fold(word.strip()) not in (fold(insert), fold(label))


def _begins(word: str, *offered: str) -> bool:
    return any(fold(each).startswith(fold(word)) for each in offered)


def _starts(before: str) -> list[int]:
    """Where what is being typed may have begun: a value can have several words ("this quarter"), so the
    longest is tried first."""
    starts = [_start_of_word(before)]
    while len(starts) < LONGEST and before[starts[-1] :].count('"') == 0:
        earlier = _start_of_word(before[: starts[-1]].rstrip())
        if earlier >= starts[-1] or not before[earlier : starts[-1]].strip():
            break
        starts.append(earlier)
    return starts[::-1]


def _start_of_word(before: str) -> int:
    """Where the unfinished word begins: at an open quotation mark, else after the last blank or sign."""
    quotes = [place for place, letter in enumerate(before) if letter == '"']
    if len(quotes) % 2:
        return quotes[-1]
    start = len(before)
    while start and not before[start - 1].isspace() and before[start - 1] not in "=~^<>(),!":
        start -= 1
    return start


type Found = Iterable[tuple[str, str, Kind]]


def _awaited(parser: Parser, actor: Actor, declaration: ObjectType, word: str) -> Found:
    try:
        parser.whole()
    except FieldError:
        if parser.token.sort != "end":
            return []  # the mistake lies before what is being typed
        if parser.awaited == "field":
            return _fields(actor, declaration, word.lower())
        path, operator = parser.begun
        place = _follow(actor, declaration, path)
        if parser.awaited == "operator":
            return _operators(place, word.lower())
        if parser.awaited == "value":
            return _values(actor, place, operator, word)
        return [("(", "(", "word")] if parser.awaited == "bracket" else []
    if parser.count == 0:
        return _fields(actor, declaration, word.lower())
    offered = said.joiners().items()
    return [(insert, label, "word") for insert, label in offered if _begins(word, insert, label)]


# -- fields ------------------------------------------------------------------------------------------


def _fields(actor: Actor, declaration: ObjectType, word: str) -> Found:
    """Fields whose name or label begins so, then those that hold it."""
    if not set(word) <= FIELD and word.isascii():
        return []
    *way, last = word.split(".")
    prefix = "".join(f"{step}." for step in way)
    known = _named(actor, declaration, tuple(way))
    folded = fold(last)
    first = [pair for pair in known if pair[0].startswith(last) or fold(pair[1]).startswith(folded)]
    rest = [pair for pair in known if pair not in first and (last in pair[0] or folded in fold(pair[1]))]
    return [(prefix + key, label, "field") for key, label in first + rest]


def _named(actor: Actor, declaration: ObjectType, way: tuple[str, ...]) -> list[tuple[str, str]]:
    """Keys and labels of the fields at the end of the way."""
    if way:
        place = _follow(actor, declaration, way)
        to = targets(place) if isinstance(place, Field) else ()
        if to == (USER,):
            return [(key, str(label)) for key, label in USER_FIELDS.items()]
        if len(to) > 1:
            return [(key, text_of(registry.get(key).label)) for key in to if key in registry]
        if not to or to[0] not in registry:
            return []
        declaration = registry.get(to[0])
    return [(key, text_of(field.label) or key) for key, field in readable(actor, declaration).items()]


def _follow(actor: Actor, declaration: ObjectType, path: tuple[str, ...]) -> Field | str | None:
    """The field at the end of a path; the name of a field of a user; None for a path that leads nowhere."""
    field: Field | None = None
    steps = list(path)
    while steps:
        step = steps.pop(0)
        to = targets(field) if field is not None else ()
        if to == (USER,):
            return step if not steps else None
        if len(to) > 1:
            to, step = ((step,), steps.pop(0)) if step in to and steps else ((), "")
        if field is not None:
            if not to or to[0] not in registry:
                return None
            declaration = registry.get(to[0])
        field = readable(actor, declaration).get(step)
        if field is None:
            return None
    return field


# -- comparisons and values --------------------------------------------------------------------------


def _operators(place: Field | str | None, word: str) -> Found:
    keys: tuple[str, ...] = ()
    if isinstance(place, Field):
        keys = (*CHOICES, *PRESENCE, *sorted(SUBSTRINGS)) if targets(place) else place.operators
    elif place is not None:
        keys = ("is",) if place == "active" else ("contains", "is", "is_not", "any_of", "starts_with")
    offered = [OPERATORS[key] for key in keys]
    return [
        (operator.symbol, text_of(operator.label), "operator")
        for operator in offered
        if operator.symbol.startswith(word) or fold(text_of(operator.label)).startswith(fold(word))
    ]


def _values(actor: Actor, place: Field | str | None, operator: str, word: str) -> Found:
    """What the field can be compared with, as far as it can be listed."""
    pairs: Iterable[tuple[str, str]] = ()
    if place == "active" or (isinstance(place, Field) and place.kind == "boolean"):
        pairs = (("true", _("Yes")), ("false", _("No")))
    elif isinstance(place, Field) and place.kind in {"date", "datetime"}:
        pairs = [(each, said.relative_words(each) or each) for each in (*dates.WORDS, "+7d", "-30d")]
    elif isinstance(place, Field) and targets(place):
        return [] if operator in SUBSTRINGS else _pointed(actor, targets(place), word)
    elif isinstance(place, Field) and hasattr(place, "choices"):
        pairs = [(option.key, text_of(option.label)) for option in place.choices.options]
    wanted = fold(word)
    held = [pair for pair in pairs if wanted in fold(pair[1]) or wanted in fold(pair[0])]
    held.sort(key=lambda pair: not (fold(pair[1]).startswith(wanted) or fold(pair[0]).startswith(wanted)))
    return [(value(text), label, "value") for text, label in held]


def _pointed(actor: Actor, to: tuple[str, ...], word: str) -> Found:
    """Titles that begin so, of what the actor may see."""
    words = ["me", "my team"] if USER in to else ["my team"] if "team" in to else []
    known = said.known_words()
    first: list[tuple[str, str]] = [(each, known[each]) for each in words if _begins(word, each, known[each])]
    names = dict.fromkeys(title for target in to for title in _titles(actor, target, word))
    return [(insert, label, "value") for insert, label in [*first, *((value(each), each) for each in names)]]


def _titles(actor: Actor, target: str, word: str) -> list[str]:
    if target == USER:
        users = User.objects.filter(name__istartswith=word).order_by("name")
        return list(users.values_list("name", flat=True)[:MOST])
    if target not in registry:
        return []
    rows = alive(actor, registry.get(target)).filter(title_folded__startswith=fold(word))
    titles = rows.order_by("title_folded", "pk").values_list("title", flat=True)[:MOST]
    return [str(title) for title in titles if title]
