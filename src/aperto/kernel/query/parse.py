"""Typed text → filter.

    stage.kind = open and (name ~ "van dijk" or amount >= 10000) and source in (web, fair)
    and phone is empty and not (owner = me) and close_date between 2026-01-01 and +30d

Recursive descent over the tokens; every error says where it is and what was expected there.
"""

from collections.abc import Sequence
from typing import Literal

from django.utils.translation import gettext as _

from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query.ast import (
    DEEPEST,
    MOST,
    MOST_ARGUMENTS,
    Condition,
    Filter,
    FilterError,
    Group,
    Joiner,
)
from aperto.kernel.query.tokens import Token, tokens

RESERVED = frozenset({"and", "or", "not", "in", "is", "between"})
SIGNS = {operator.symbol: operator.key for operator in OPERATORS.values() if not operator.symbol[0].isalpha()}
FIELD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.")

type Awaited = Literal["field", "operator", "value", "joiner", "bracket"]


def parse(text: str) -> Filter | None:
    """The filter that the text says; None for blank text."""
    return Parser(text).whole()


class Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.place = 0
        self.count = 0
        self.begun: tuple[tuple[str, ...], str] = ((), "")  # path and operator of the present condition
        self.awaited: Awaited = "joiner"

    def whole(self) -> Filter | None:
        if self.is_at_end():
            return None
        found = self.alternatives(0)
        if not self.is_at_end():
            raise self.expected(_("“and” or “or”"))
        return found

    def is_at_end(self) -> bool:
        return self.token.sort == "end"

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def next(self) -> Token:
        token = self.token
        if token.sort != "end":
            self.place += 1
        return token

    def expected(self, what: str, awaited: Awaited = "joiner") -> FilterError:
        token = self.token
        self.awaited = awaited
        words = {"what": what, "found": token.text[:40]}
        if token.sort == "end":
            message = _("The filter ends where %(what)s is expected.") % words
        else:
            message = _("%(what)s is expected before “%(found)s”.") % words
        return FilterError(message, position=token.start)

    # -- groups --------------------------------------------------------------------------------------

    def alternatives(self, depth: int) -> Filter:
        return self.chain("or", depth)

    def chain(self, joiner: Joiner, depth: int) -> Filter:
        """Items joined by one word; "and" binds closer than "or"."""
        items = [self.item(joiner, depth)]
        while self.token.lower == joiner:
            self.next()
            items.append(self.item(joiner, depth))
        return join(joiner, items)

    def item(self, joiner: Joiner, depth: int) -> Filter:
        return self.chain("and", depth) if joiner == "or" else self.single(depth)

    def single(self, depth: int) -> Filter:
        if depth > DEEPEST:
            raise FilterError(_("The brackets are nested too deep."), position=self.token.start)
        if self.token.lower == "not":
            self.next()
            return negated(self.single(depth + 1))
        if self.token.is_sign("("):
            self.next()
            found = self.alternatives(depth + 1)
            self.sign(")")
            return found
        return self.condition()

    def sign(self, text: str) -> None:
        if not self.token.is_sign(text):
            raise self.expected(f"“{text}”", "bracket" if text == "(" else "joiner")
        self.next()

    # -- conditions ----------------------------------------------------------------------------------

    def condition(self) -> Condition:
        self.count += 1
        if self.count > MOST:
            raise FilterError(_("A filter holds at most %(most)s conditions.") % {"most": MOST})
        path = self.path()
        self.begun = (path, "")
        operator = self.operator()
        self.begun = (path, operator)
        return Condition(path, operator, self.arguments(operator))

    def path(self) -> tuple[str, ...]:
        token = self.token
        if token.sort != "word" or token.lower in RESERVED:
            raise self.expected(_("the name of a field"), "field")
        path = tuple(token.lower.split("."))
        if not set(token.lower) <= FIELD or not all(path):
            message = _("“%(found)s” is not the name of a field.") % {"found": token.text[:60]}
            raise FilterError(message, position=token.start)
        self.next()
        return path

    def operator(self) -> str:
        token = self.next()
        if token.sort == "sign" and token.text in SIGNS:
            return SIGNS[token.text]
        if token.lower in {"in", "between", "contains"}:
            return {"in": "any_of"}.get(token.lower, token.lower)
        if token.lower == "is":
            return self.after_is()
        if token.lower == "not" and self.token.lower in {"in", "contains"}:
            return "none_of" if self.next().lower == "in" else "not_contains"
        if token.lower == "has" and self.token.lower == "all":
            self.next()
            return "all_of"
        if token.lower == "starts" and self.token.lower == "with":
            self.next()
            return "starts_with"
        self.place -= token.sort != "end"
        raise self.expected(_("a comparison (such as =, !=, ~, <, >=, in, is empty)"), "operator")

    def after_is(self) -> str:
        opposite = self.token.lower == "not"
        if opposite:
            self.next()
        word = self.token.lower
        if word in {"empty", "filled"}:
            self.next()
            return "filled" if (word == "filled") != opposite else "empty"
        return "is_not" if opposite else "is"

    def arguments(self, operator: str) -> tuple[str, ...]:
        arity = OPERATORS[operator].arity
        if arity == 0:
            return ()
        if arity == 1:
            return (self.value(),)
        if arity == 2:
            low = self.value()
            if self.token.lower != "and":
                raise self.expected(_("“and” with the upper bound"))
            self.next()
            return (low, self.value())
        return self.listed()

    def listed(self) -> tuple[str, ...]:
        self.sign("(")
        found = [self.value()]
        while self.token.is_sign(","):
            self.next()
            found.append(self.value())
            if len(found) > MOST_ARGUMENTS:
                raise FilterError(_("A list holds at most %(most)s values.") % {"most": MOST_ARGUMENTS})
        self.sign(")")
        return tuple(found)

    def value(self) -> str:
        """A quoted text, or the bare words up to the next sign or reserved word."""
        if self.token.sort == "quoted":
            return self.next().text
        words = []
        while self.token.sort == "word" and self.token.lower not in RESERVED:
            words.append(self.next().text)
        if not words:
            raise self.expected(_("a value"), "value")
        return " ".join(words)


def join(joiner: Joiner, items: Sequence[Filter]) -> Filter:
    """The items as one filter, without groups that say nothing."""
    flat: list[Filter] = []
    for item in items:
        same = isinstance(item, Group) and item.joiner == joiner and not item.negated
        flat += item.items if same and isinstance(item, Group) else [item]
    return flat[0] if len(flat) == 1 else Group(joiner, tuple(flat))


def negated(found: Filter) -> Group:
    if isinstance(found, Group) and not found.negated:
        return Group(found.joiner, found.items, negated=True)
    return Group("and", (found,), negated=True)
