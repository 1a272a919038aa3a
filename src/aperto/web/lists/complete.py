"""Completion of the typed filter: the fields, comparisons, values and joiners that can stand at the caret.

It never says that something is wrong; that is done when the filter is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.parse import RESERVED
from aperto.kernel.query.pointers import USER, targets
from aperto.kernel.query.print import value as written
from aperto.kernel.query.readable import readable
from aperto.kernel.query.tokens import Token, tokens
from aperto.web.door import object_page
from aperto.web.lists import words
from aperto.web.lists.builder import DATES, relative_dates
from aperto.web.lists.filter_pages import people_called, records_called
from aperto.web.request import Request

MOST = 12
BEFORE_VALUES = frozenset({"in", "is", "between", "contains", "with", "and"})  # "and": the second of between


@dataclass(frozen=True)
class Suggestion:
    """`insert` replaces the text from `start` to `end`; `label` says it in words."""

    insert: str
    label: str
    start: int
    end: int


@require_GET
@object_page
def complete(request: Request, declaration: ObjectType) -> HttpResponse:
    """Suggestions as options of the box, for the caret at `at`."""
    text, at = request.GET.get("q", ""), request.GET.get("at", "")
    caret = min(int(at), len(text)) if at.isdecimal() else len(text)
    found = list(suggestions(request.actor, declaration, text, caret))[:MOST]
    return HttpResponse("".join(line_of(each) for each in found))


def line_of(each: Suggestion) -> str:
    place = f'data-from="{each.start}" data-to="{each.end}"'
    aside = f'<span class="faint">{escape(each.insert)}</span>'
    opening = f'<li role="option" data-insert="{escape(each.insert)} " {place}>'
    return f"{opening}<span>{escape(each.label)}</span>{aside}</li>"


def suggestions(actor: Actor, declaration: ObjectType, text: str, caret: int) -> Iterable[Suggestion]:
    """What begins with the word at the caret, in the order of what is likelier."""
    try:
        before = [token for token in tokens(text[:caret]) if token.sort != "end"]
    except FieldError:
        return
    typed = before[-1] if before and before[-1].end == caret and before[-1].sort == "word" else None
    if typed is not None:
        before = before[:-1]
    start, wanted = (typed.start, fold(typed.text)) if typed else (caret, "")
    for insert, label in offered(actor, declaration, before, wanted):
        if fold(insert).startswith(wanted) or fold(label).startswith(wanted):
            yield Suggestion(insert, label, start, caret)


def offered(
    actor: Actor, declaration: ObjectType, before: list[Token], wanted: str
) -> Iterable[tuple[str, str]]:
    """(text, words) that can follow these tokens."""
    path, rest = condition_of(before)
    if not path:
        return fields_of(actor, declaration, wanted)
    field = words.field_at(actor, declaration, path.split("."))[1]
    if field is None:
        return ()
    if not rest:
        return [(OPERATORS[key].symbol, str(OPERATORS[key].label)) for key in field.operators]
    if rest[-1].lower in BEFORE_VALUES or rest[-1].sort == "sign" and rest[-1].text != ")":
        return values_of(actor, field, wanted)
    return [("and", _("and")), ("or", _("or"))]


def condition_of(before: list[Token]) -> tuple[str, list[Token]]:
    """The field of the condition that the caret is in, and what was said of it so far."""
    place, between = 0, False
    for number, token in enumerate(before):
        if token.lower in {"and", "or"} and not between:
            place = number + 1
        between = token.lower == "between" or (between and token.lower != "and")
    open_ = [token for token in before[place:] if not (token.lower == "not" and token is before[place])]
    while open_ and open_[0].text == "(":
        open_ = open_[1:]
    if not open_ or open_[0].sort != "word" or open_[0].lower in RESERVED:
        return "", []
    return open_[0].lower, open_[1:]


def fields_of(actor: Actor, declaration: ObjectType, wanted: str) -> Iterable[tuple[str, str]]:
    """The object's fields; behind a dot those of the object that a reference leads to."""
    head, dot, _tail = wanted.rpartition(".")
    labels: list[str] = []
    if dot:
        labels, field = words.field_at(actor, declaration, head.split("."))
        to = targets(field) if field else ()
        if len(to) != 1 or to[0] not in registry:
            return
        declaration = registry.get(to[0])
    for key, each in readable(actor, declaration).items():
        if each.operators and each.label:
            yield f"{head}{dot}{key}", " › ".join([*labels, words.label_of(each)])


def values_of(actor: Actor, field: Field, wanted: str) -> Iterable[tuple[str, str]]:
    """Choices, dates, people and records that the field can be compared with."""
    for option in getattr(field, "options", None) or ():
        yield option.key, str(option.label)
    if field.kind in DATES:
        yield from relative_dates()
    if field.kind == "boolean":
        yield from (("true", _("Yes")), ("false", _("No")))
    for target in targets(field):
        found = people_called(wanted) if target == USER else records_called(actor, target, wanted)
        for key, label in found:
            yield (key if words.literal_key(key) is None else written(label)), label
