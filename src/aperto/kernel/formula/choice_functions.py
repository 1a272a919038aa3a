"""Functions that choose among values, and that tell whether there is one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.formula import sql, values
from aperto.kernel.formula.ast import Call
from aperto.kernel.formula.calls import counted, fitted, function, wrong
from aperto.kernel.formula.operations import B, E, T, unified
from aperto.kernel.formula.types import Operation, Typed, applied, constant

CHOSEN = Operation("if", values.chosen, sql.each(sql.chosen), strict=False)
COALESCE = Operation("coalesce", values.coalesce, sql.coalesce, strict=False)
COALESCE_TEXTS = Operation("coalesce", values.coalesce, sql.coalesce_texts, strict=False)
IS_EMPTY = Operation("is_empty", values.is_empty, sql.is_empty, strict=False)
IS_EMPTY_TEXT = Operation("is_empty", values.is_empty, sql.template("(NULLIF({}, '') IS NULL)"), strict=False)


def _chosen(call: Call, given: Sequence[Typed]) -> Typed:
    places = range(0, len(given) - 1, 2)
    conditions = [fitted(call, place, given[place], B) for place in places]
    outcomes = unified([*(given[place + 1] for place in places), given[-1]], call)
    pairs = [each for pair in zip(conditions, outcomes, strict=False) for each in pair]
    whole = all(each.whole for each in outcomes)
    return applied(outcomes[-1].type, CHOSEN, *pairs, outcomes[-1], whole=whole)


def _if(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 2, 3)
    return _chosen(call, [*given, constant(E, None)] if len(given) == 2 else given)


def _case(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 3, 99)
    if len(given) % 2 == 0:
        raise wrong(call, len(given), _("case ends with what holds otherwise."))
    return _chosen(call, given)


def _coalesce(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 2, 20)
    arguments = unified(given, call)
    operation = COALESCE_TEXTS if arguments[0].type is T else COALESCE
    return applied(arguments[0].type, operation, *arguments, whole=all(each.whole for each in arguments))


def _is_empty(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 1, 1)
    return applied(B, IS_EMPTY_TEXT if given[0].type is T else IS_EMPTY, given[0])


function("if", "condition, then, otherwise", gettext_lazy("One of two values, by a condition."), _if)
function(
    "case", "condition, value, condition, value, otherwise",
    gettext_lazy("The value after the first condition that holds."), _case,
)  # fmt: skip
function("coalesce", "value, value…", gettext_lazy("The first value that is not empty."), _coalesce)
function("is_empty", "value", gettext_lazy("Whether there is no value."), _is_empty)
