"""What all functions have: a name, a line of help, and a check of how they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.errors import Message
from aperto.kernel.formula import sql
from aperto.kernel.formula.ast import Call
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.operations import coerced, fits
from aperto.kernel.formula.types import LABELS, Operation, Type, Typed, applied

type Check = Callable[[Call, Sequence[Typed]], Typed]


@dataclass(frozen=True)
class Function:
    """`usage` shows how it is called; `check` makes the typed node of a call or refuses it."""

    name: str
    usage: str
    help: Message
    check: Check


FUNCTIONS: dict[str, Function] = {}


def function(name: str, usage: str, help_: Message, check: Check) -> None:
    FUNCTIONS[name] = Function(name, f"{name}({usage})", help_, check)


def wrong(call: Call, place: int, message: str) -> FormulaError:
    node = call.arguments[place] if place < len(call.arguments) else call
    return FormulaError(message, node.start, node.end)


def counted(call: Call, least: int, most: int) -> None:
    given = len(call.arguments)
    if least <= given <= most:
        return
    wanted = least if given < least else most
    words = {"name": call.function, "wanted": wanted, "given": given}
    if least == most:
        message = ngettext(
            "%(name)s takes %(wanted)s argument, not %(given)s.",
            "%(name)s takes %(wanted)s arguments, not %(given)s.",
            wanted,
        )
    elif given < least:
        message = ngettext(
            "%(name)s takes at least %(wanted)s argument.",
            "%(name)s takes at least %(wanted)s arguments.",
            wanted,
        )
    else:
        message = ngettext(
            "%(name)s takes at most %(wanted)s argument.",
            "%(name)s takes at most %(wanted)s arguments.",
            wanted,
        )
    raise FormulaError(message % words, call.start, call.end)


def fitted(call: Call, place: int, given: Typed, wanted: Type) -> Typed:
    if not fits(given.type, wanted):
        words = {"name": call.function, "wanted": LABELS[wanted], "given": LABELS[given.type]}
        raise wrong(call, place, _("%(name)s takes %(wanted)s here, not %(given)s.") % words)
    return coerced(given, wanted)


def plain(*takes: Type, gives: Type, whole: bool = False) -> Callable[[Operation], Check]:
    """A function of fixed types."""

    def maker(operation: Operation) -> Check:
        def check(call: Call, given: Sequence[Typed]) -> Typed:
            counted(call, len(takes), len(takes))
            pairs = zip(given, takes, strict=True)
            arguments = [fitted(call, place, each, type_) for place, (each, type_) in enumerate(pairs)]
            return applied(gives, operation, *arguments, whole=whole)

        return check

    return maker


def simple(
    name: str, usage: str, help_: Message, check: Callable[[Operation], Check], python: Any, written: Any,
    **options: Any,
) -> None:  # fmt: skip
    operation = Operation(
        name, python, sql.template(written) if isinstance(written, str) else written, **options
    )
    function(name, usage, help_, check(operation))
