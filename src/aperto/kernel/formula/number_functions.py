"""Functions of numbers and of amounts of money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.formula import sql, values
from aperto.kernel.formula.ast import Call
from aperto.kernel.formula.calls import counted, fitted, function, plain, simple, wrong
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.operations import DT, D, E, M, N, S, T, unified
from aperto.kernel.formula.types import LABELS, Operation, Typed, applied

MOST_ROUNDED = 10


def _rounding(digits: int) -> tuple[Operation, Operation]:
    number = Operation(
        "round", lambda value: values.rounded(value, digits), sql.template(f"ROUND({{}}, {digits})")
    )
    money = Operation("round", values.alter_money(number.python), sql.alter_money(number.sql))
    return number, money


def _round(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 1, 2)
    digits = 0
    if len(given) == 2:
        digits = _digits(call, given[1])
    number, money = _rounding(digits)
    if given[0].type is M:
        return applied(M, money, given[0])
    return applied(N, number, fitted(call, 0, given[0], N), whole=digits == 0 or given[0].whole)


def _digits(call: Call, given: Typed) -> int:
    value = given.constant
    if not isinstance(value, Decimal) or value != int(value) or not 0 <= value <= MOST_ROUNDED:
        message = _("The number of decimals is a figure from 0 to %(most)s.") % {"most": MOST_ROUNDED}
        raise wrong(call, 1, message)
    return int(value)


ABS = Operation("abs", abs, sql.template("ABS({})"))
ABS_MONEY = Operation("abs", values.alter_money(abs), sql.alter_money(ABS.sql))


def _abs(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 1, 1)
    if given[0].type is M:
        return applied(M, ABS_MONEY, given[0])
    if given[0].type is S:
        return applied(S, ABS, given[0])
    return applied(N, ABS, fitted(call, 0, given[0], N), whole=given[0].whole)


def _extreme(name: str, python: Any, written: str) -> None:
    operation = Operation(name, python, sql.together(written))

    def check(call: Call, given: Sequence[Typed]) -> Typed:
        counted(call, 2, 20)
        arguments = unified(given, call)
        if arguments[0].type not in (N, D, DT, S, E):
            words = {"name": name, "given": LABELS[arguments[0].type]}
            raise FormulaError(
                _("%(name)s compares numbers or dates, not %(given)s.") % words, call.start, call.end
            )
        return applied(arguments[0].type, operation, *arguments, whole=all(each.whole for each in arguments))

    function(name, "value, value…", _EXTREMES[name], check)


_EXTREMES = {
    "min": gettext_lazy("The smallest of several; empty where one of them is."),
    "max": gettext_lazy("The largest of several; empty where one of them is."),
}
_extreme("min", values.smallest, "LEAST")
_extreme("max", values.largest, "GREATEST")
function(
    "round", "number, decimals", gettext_lazy("Rounded half up; to a whole number without decimals."), _round
)
function("abs", "number", gettext_lazy("Without its sign."), _abs)
_whole = plain(N, gives=N, whole=True)
simple("floor", "number", gettext_lazy("The next whole number below."), _whole, values.floor, "FLOOR({})")
simple("ceil", "number", gettext_lazy("The next whole number above."), _whole, values.ceiling, "CEIL({})")

# -- money -------------------------------------------------------------------------------------------

simple(
    "amount", "money", gettext_lazy("The figure of an amount, in its own currency."), plain(M, gives=N),
    lambda value: value.amount, lambda value: value.amount,
)  # fmt: skip
simple(
    "currency", "money", gettext_lazy("The currency of an amount, such as EUR."), plain(M, gives=T),
    lambda value: value.currency, lambda value: value.currency,
)  # fmt: skip
simple(
    "base", "money", gettext_lazy("The figure of an amount in the organisation's currency."),
    plain(M, gives=N), lambda value: value.base, lambda value: value.base,
)  # fmt: skip
