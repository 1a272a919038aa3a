"""Tree → typed tree: every name is a field that there is, and everything fits where it stands.

A formula that another one uses is put in its place, so what runs in the end reads fields alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aperto.kernel.formula.ast import Binary, Call, Literal, Name, Node, Unary
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.functions import FUNCTIONS
from aperto.kernel.formula.kinds import WHOLE, type_of
from aperto.kernel.formula.operations import binary, unary
from aperto.kernel.formula.parse import parse
from aperto.kernel.formula.types import TALLEST, Type, Typed, Use, constant
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry

if TYPE_CHECKING:
    from aperto.kernel.fields.base import Field

USER = "user"
MOST_FORMULAS = 10  # one within the other
LITERALS = {bool: Type.BOOLEAN, str: Type.TEXT, type(None): Type.EMPTY}


@dataclass
class Checked:
    """What was found: the tree, the fields that it reads by path, other formulas that were put into it, and
    the objects that it looked at."""

    root: Typed
    uses: Mapping[tuple[str, ...], Use]
    formulas: frozenset[tuple[str, str]]
    declarations: Mapping[str, ObjectType]


def check(text: str, declaration: ObjectType, own_key: str = "") -> Checked:
    """The formula of the field `own_key` checked against its object; FormulaError for what is wrong."""
    checker = Checker(declaration, within=((declaration.key, own_key),))
    root = checker.typed(parse(text))
    if root.type in (Type.REFERENCE, Type.EMPTY):
        message = _("A formula cannot have a reference as its result; name a field behind it.")
        if root.type is Type.EMPTY:
            message = _("This formula is always empty.")
        raise FormulaError(message, 0, len(text))
    return Checked(root, checker.uses, frozenset(checker.formulas), checker.declarations)


@dataclass
class Checker:
    """`via` is the reference that the checked formula is reached by, and `within` the formulas around it."""

    declaration: ObjectType
    within: tuple[tuple[str, str], ...] = ()
    via: "tuple[str, Field] | None" = None
    uses: dict[tuple[str, ...], Use] = field(default_factory=dict)
    formulas: set[tuple[str, str]] = field(default_factory=set)
    declarations: dict[str, ObjectType] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.declarations[self.declaration.key] = self.declaration

    def typed(self, node: Node) -> Typed:
        made = self._typed(node)
        if made.height > TALLEST:
            raise FormulaError(_("This formula is too involved; make it shorter."), node.start, node.end)
        return made

    def _typed(self, node: Node) -> Typed:
        if isinstance(node, Literal):
            kind = LITERALS.get(type(node.value), Type.NUMBER)
            return constant(kind, node.value, kind is Type.NUMBER and node.value == int(node.value or 0))
        if isinstance(node, Name):
            return self.named(node)
        if isinstance(node, Unary):
            return unary(node, self.typed(node.operand))
        if isinstance(node, Binary):
            return binary(node, self.typed(node.left), self.typed(node.right))
        return self.called(node)

    def called(self, node: Call) -> Typed:
        known = FUNCTIONS.get(node.function)
        end = node.start + len(node.function)
        if known is None:
            message = _("There is no function called “%(name)s”.") % {"name": node.function[:60]}
            raise FormulaError(message + nearest(node.function, FUNCTIONS), node.start, end)
        return known.check(node, [self.typed(each) for each in node.arguments])

    # -- fields --------------------------------------------------------------------------------------

    def named(self, node: Name) -> Typed:
        found = self.field(self.declaration.fields, node.path[0], node, 0)
        if len(node.path) == 1:
            return self.used(node, found, self.declaration)
        return self.stepped(node, found)

    def field(self, fields: "Mapping[str, Field]", key: str, node: Name, step: int) -> "Field":
        found = fields.get(key)
        if found is None:
            start = node.start + sum(len(each) + 1 for each in node.path[:step])
            message = _("There is no field called “%(key)s”") % {"key": key[:60]}
            close = get_close_matches(key, list(fields), 1)
            guess = "; " + _("did you mean “%(key)s”?") % {"key": close[0]} if close else "."
            raise FormulaError(message + guess, start, start + len(key))
        return found

    def stepped(self, node: Name, via: "Field") -> Typed:
        """A field of the record that a reference points at."""
        to: Sequence[str] = getattr(via, "to", ())
        if type_of(via) is not Type.REFERENCE:
            message = _("“%(key)s” leads to no other record.") % {"key": node.path[0]}
            raise FormulaError(message, node.start, node.end)
        if len(node.path) > 2 or self.via is not None:
            raise FormulaError(_("A formula follows one reference, not two."), node.start, node.end)
        if len(to) != 1:
            message = _("“%(key)s” can lead to several objects, so nothing behind it can be read.")
            raise FormulaError(message % {"key": node.path[0]}, node.start, node.end)
        if to[0] == USER:
            return self.of_user(node, via)
        if to[0] not in registry:
            message = _("There is no object called “%(object)s”.") % {"object": to[0]}
            raise FormulaError(message, node.start, node.end)
        target = registry.get(to[0])
        self.declarations[target.key] = target
        return self.used(node, self.field(target.fields, node.path[1], node, 1), target, via)

    def of_user(self, node: Name, via: "Field") -> Typed:
        from aperto.kernel.formula.users import FIELDS  # noqa: PLC0415 - fields, which load after this

        found = self.field(FIELDS, node.path[1], node, 1)
        return self.use(Use(node.path, Type.TEXT, USER, found, via))

    def used(self, node: Name, found: "Field", declaration: ObjectType, via: "Field | None" = None) -> Typed:
        if type(found).kind == "formula":
            return self.inlined(node, found, declaration, via)
        stored = found.kept()
        kind = type_of(stored)
        if kind is None:
            words = {"key": ".".join(node.path)}
            raise FormulaError(_("“%(key)s” cannot be used in a formula.") % words, node.start, node.end)
        reached = via or (self.via[1] if self.via else None)
        path = (reached.key, found.key) if reached else (found.key,)
        return self.use(Use(path, kind, declaration.key, stored, reached))

    def use(self, use: Use) -> Typed:
        held = self.uses.setdefault(use.path, use)
        return Typed(use.type, type(held.field).kind in WHOLE, use=held)

    def inlined(self, node: Name, found: Any, declaration: ObjectType, via: "Field | None") -> Typed:
        """The tree of another formula; a cycle is refused, and so is a mistake in that one."""
        place = (declaration.key, found.key)
        if place in self.within:
            message = _("“%(key)s” would need its own result.") % {"key": found.key}
            raise FormulaError(message, node.start, node.end)
        if len(self.within) > MOST_FORMULAS:
            raise FormulaError(_("Too many formulas use one another here."), node.start, node.end)
        inner = Checker(declaration, (*self.within, place), (via.key, via) if via else self.via)
        inner.uses, inner.declarations, inner.formulas = self.uses, self.declarations, self.formulas
        self.formulas.add(place)
        self.declarations[declaration.key] = declaration
        try:
            return inner.typed(parse(found.formula))
        except FormulaError as error:
            words = {"key": found.key, "message": error.message}
            message = _("In the formula of “%(key)s”: %(message)s") % words
            raise FormulaError(message, node.start, node.end) from None


def nearest(word: str, known: Mapping[str, Any]) -> str:
    close = get_close_matches(word, list(known), 1)
    return " " + _("Did you mean “%(key)s”?") % {"key": close[0]} if close else ""
