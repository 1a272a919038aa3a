"""Text → tree, by recursive descent; every error says where it is and what was expected there.

    if(amount > 1000 and not is_empty(close_date), "big: " & company.name, "small")

Signs bind as in arithmetic: `or`, `and`, `not`, comparisons, `&`, `+ -`, `* / %`, and a minus before a value.
"""

from decimal import Decimal
from typing import Literal as OneOf

from django.utils.translation import gettext as _

from aperto.kernel.formula.ast import (
    DEEPEST,
    MOST,
    TALLEST,
    Binary,
    Call,
    Literal,
    Name,
    Node,
    Unary,
    children,
)
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.tokens import Token, tokens

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
# How close each sign binds; `not` stands between `and` and the comparisons.
ORDER: tuple[tuple[str, ...], ...] = (("or",), ("and",), (), COMPARISONS, ("&",), ("+", "-"), ("*", "/", "%"))
LEVELS = {sign: level for level, signs in enumerate(ORDER) for sign in signs}
OPPOSITE, COMPARING, SIGNED = 2, 3, len(ORDER)

type Awaited = OneOf["value", "sign"]


def parse(text: str) -> Node:
    """The tree of the formula; FormulaError for one that cannot be read."""
    node = Parser(text).whole()
    _check_height(node)
    return node


def _check_height(node: Node) -> None:
    """Without recursion, which a long row of signs would exhaust."""
    waiting = [(node, 1)]
    while waiting:
        each, height = waiting.pop()
        if height > TALLEST:
            message = _("So many signs in a row are too much; put some into brackets.")
            raise FormulaError(message, node.start, node.end)
        waiting += [(child, height + 1) for child in children(each)]


class Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.place = 0
        self.count = 0
        self.depth = 0
        self.awaited: Awaited = "value"

    def whole(self) -> Node:
        if self.is_at_end():
            raise FormulaError(_("The formula says nothing."), 0, 0)
        node = self.expression()
        if not self.is_at_end():
            raise self.expected(_("the end, or a sign such as + or &"))
        return node

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

    def expected(self, what: str, awaited: Awaited = "sign") -> FormulaError:
        token, self.awaited = self.token, awaited
        words = {"what": what, "found": token.text[:40]}
        if token.sort == "end":
            message = _("The formula ends where %(what)s is expected.") % words
        else:
            message = _("%(what)s is expected before “%(found)s”.") % words
        return FormulaError(message, token.start, token.end)

    def counted[N: Node](self, node: N) -> N:
        self.count += 1
        if self.count > MOST:
            message = _("A formula holds at most %(most)s values and signs.") % {"most": MOST}
            raise FormulaError(message, node.start, node.end)
        return node

    def deeper(self, loosest: int = 0) -> Node:
        if self.depth >= DEEPEST:
            message = _("A formula is nested at most %(deepest)s levels deep.") % {"deepest": DEEPEST}
            raise FormulaError(message, self.token.start, self.token.end)
        self.depth += 1
        node = self.expression(loosest)
        self.depth -= 1
        return node

    # -- signs ---------------------------------------------------------------------------------------

    def expression(self, loosest: int = 0) -> Node:
        """A value and the signs after it that bind at least as close as `loosest`."""
        left = self.prefixed(loosest)
        while (level := LEVELS.get(self.sign_here(), -1)) >= loosest:
            sign = self.next().text
            right = self.expression(level + 1)
            left = self.counted(Binary(sign, left, right, left.start, right.end))
            if level == COMPARING and self.sign_here() in COMPARISONS:
                message = _("Join two comparisons with “and”.")
                raise FormulaError(message, self.token.start, self.token.end)
        return left

    def sign_here(self) -> str:
        token = self.token
        return token.text if token.sort == "sign" or token.text in {"and", "or"} else ""

    def prefixed(self, loosest: int) -> Node:
        token = self.token
        if token.is_word("not") and loosest <= OPPOSITE:
            self.next()
            operand = self.deeper(OPPOSITE)
            return self.counted(Unary("not", operand, token.start, operand.end))
        if token.is_sign("-"):
            self.next()
            operand = self.deeper(SIGNED)
            return self.counted(Unary("-", operand, token.start, operand.end))
        return self.value()

    # -- values --------------------------------------------------------------------------------------

    def value(self) -> Node:
        token = self.token
        if token.is_sign("("):
            self.next()
            node = self.deeper()
            self.sign(")")
            return node
        if token.sort == "number":
            self.next()
            return self.counted(Literal(Decimal(token.text), token.start, token.end))
        if token.sort == "text":
            self.next()
            return self.counted(Literal(token.text, token.start, token.end))
        if token.sort == "name" and token.text not in {"and", "or", "not"}:
            self.next()
            return self.counted(self.named(token))
        raise self.expected(_("a field, a number, a text or a function"), "value")

    def named(self, token: Token) -> Node:
        if token.text in {"true", "false"}:
            return Literal(token.text == "true", token.start, token.end)
        if token.text == "empty":
            return Literal(None, token.start, token.end)
        if self.token.is_sign("("):
            return self.call(token)
        path = tuple(token.text.split("."))
        if not all(path):
            message = _("“%(found)s” is not the name of a field.") % {"found": token.text[:60]}
            raise FormulaError(message, token.start, token.end)
        return Name(path, token.start, token.end)

    def call(self, name: Token) -> Node:
        self.next()
        arguments: list[Node] = []
        if not self.token.is_sign(")"):
            arguments.append(self.deeper())
            while self.token.is_sign(","):
                self.next()
                arguments.append(self.deeper())
        closing = self.sign(")")
        return Call(name.text, tuple(arguments), name.start, closing.end)

    def sign(self, text: str) -> Token:
        if not self.token.is_sign(text):
            raise self.expected(f"“{text}”")
        return self.next()
