"""Signs: which types each takes, and what comes out."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.formula import sql, values
from aperto.kernel.formula.ast import Binary, Node, Unary
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.types import LABELS, Operation, Type, Typed, applied, constant

N, M, T, D, DT, B, S, R, E = (
    Type.NUMBER, Type.MONEY, Type.TEXT, Type.DATE, Type.DATETIME, Type.BOOLEAN, Type.DURATION,
    Type.REFERENCE, Type.EMPTY,
)  # fmt: skip

# -- from one type to another ------------------------------------------------------------------------

TO_MONEY = Operation("money", values.money, sql.money, contextual=True)
TO_DAY = Operation("date", values.day_of, sql.day_of, contextual=True)
NUMBER_TO_TEXT = Operation("text", values.written, sql.template("TRIM_SCALE({})::text"))
DATE_TO_TEXT = Operation("text", lambda day: day.isoformat(), sql.template("TO_CHAR({}, 'YYYY-MM-DD')"))

COERCIONS: dict[tuple[Type, Type], Operation] = {
    (N, M): TO_MONEY,
    (DT, D): TO_DAY,
    (N, T): NUMBER_TO_TEXT,
    (D, T): DATE_TO_TEXT,
}


def coerced(given: Typed, wanted: Type) -> Typed:
    """The argument as the wanted type; it fits by `fits`."""
    if given.type is wanted:
        return given
    if given.type is E:
        return constant(wanted, None)
    return applied(wanted, COERCIONS[given.type, wanted], given)


def fits(given: Type, wanted: Type) -> bool:
    return given in (wanted, E) or (given, wanted) in {(N, M), (DT, D)}


def unified(arguments: Sequence[Typed], node: Node) -> list[Typed]:
    """Values among which one is chosen, as one type."""
    found = {each.type for each in arguments} - {E}
    for wide, narrow in ((M, N), (D, DT)):
        if found == {wide, narrow}:
            found = {wide}
    if len(found) > 1:
        words = {"kinds": ", ".join(sorted(str(LABELS[each]) for each in found))}
        raise FormulaError(_("These do not go together: %(kinds)s.") % words, node.start, node.end)
    wanted = next(iter(found), E)
    return [each if wanted is E else coerced(each, wanted) for each in arguments]


# -- arithmetic --------------------------------------------------------------------------------------

ADD = Operation("+", values.add, sql.template("({} + {})"))
TAKE = Operation("-", values.subtract, sql.template("({} - {})"))
TIMES = Operation("*", values.multiply, sql.multiply)
OVER = Operation("/", values.divide, sql.divide)
REST = Operation("%", values.remainder, sql.template("MOD({}, NULLIF({}, 0))"))
ADD_MONEY = Operation("+", values.combine_money(values.add), sql.combine_money(ADD.sql), contextual=True)
TAKE_MONEY = Operation(
    "-", values.combine_money(values.subtract), sql.combine_money(TAKE.sql), contextual=True
)
TIMES_MONEY = Operation("*", values.scale_money(values.multiply), sql.scale_money(sql.multiply))
OVER_MONEY = Operation("/", values.scale_money(values.divide), sql.scale_money(sql.divide))
RATIO = Operation("/", values.compare_money(values.divide), sql.compare_money(sql.divide))
ADD_DAYS = Operation("add_days", values.add_days, sql.add_days)
TAKE_DAYS = Operation("-", values.take_days, sql.take_days)
DAYS = Operation(
    "days_between",
    values.days_between,
    lambda first, last: sql.sql("({} - {})::numeric", last, first),
)
SECONDS = Operation(
    "-",
    lambda last, first: values.seconds_between(first, last),
    sql.template("ROUND(EXTRACT(EPOCH FROM ({} - {}))::numeric, 0)"),
)


def _swapped(operation: Operation) -> Operation:
    return Operation(
        operation.name,
        lambda left, right: operation.python(right, left),
        lambda left, right: operation.sql(right, left),
    )


type Rule = tuple[Type, Operation]
ARITHMETIC: dict[tuple[str, Type, Type], Rule] = {
    ("+", N, N): (N, ADD), ("-", N, N): (N, TAKE), ("*", N, N): (N, TIMES), ("/", N, N): (N, OVER),
    ("%", N, N): (N, REST), ("+", M, M): (M, ADD_MONEY), ("-", M, M): (M, TAKE_MONEY),
    ("*", M, N): (M, TIMES_MONEY), ("*", N, M): (M, _swapped(TIMES_MONEY)), ("/", M, N): (M, OVER_MONEY),
    ("/", M, M): (N, RATIO), ("+", D, N): (D, ADD_DAYS), ("+", N, D): (D, _swapped(ADD_DAYS)),
    ("-", D, N): (D, TAKE_DAYS), ("-", D, D): (N, _swapped(DAYS)), ("-", DT, DT): (S, SECONDS),
    ("+", S, S): (S, ADD), ("-", S, S): (S, TAKE), ("*", S, N): (S, TIMES), ("*", N, S): (S, TIMES),
    ("/", S, N): (S, OVER), ("/", S, S): (N, OVER),
}  # fmt: skip
WIDER = {N: (N, M), DT: (DT, D)}


def arithmetic(node: Binary, left: Typed, right: Typed) -> Typed:
    for one in WIDER.get(left.type, (left.type,)):
        for other in WIDER.get(right.type, (right.type,)):
            rule = ARITHMETIC.get((node.sign, one, other))
            if rule is not None:
                arguments = coerced(left, one), coerced(right, other)
                return applied(*rule, *arguments, whole=_is_whole(left, right, rule[1]))
    raise unfit(node, left, right)


def _is_whole(left: Typed, right: Typed, operation: Operation) -> bool:
    """Days between dates are whole; other numbers are as whole as what they are made of, unless divided."""
    if operation in (OVER, RATIO):
        return False
    return all(each.whole for each in (left, right) if each.type is N)


def unfit(node: Binary, left: Typed, right: Typed) -> FormulaError:
    words = {"sign": node.sign, "left": LABELS[left.type], "right": LABELS[right.type]}
    message = _("“%(sign)s” does not fit between %(left)s and %(right)s.") % words
    return FormulaError(message, node.start, node.end)


JOIN = Operation("&", values.joined, sql.cut("({} || {})"))


def joined(node: Binary, left: Typed, right: Typed) -> Typed:
    if not {left.type, right.type} <= {T, N, D, DT, E}:
        raise unfit(node, left, right)
    return applied(T, JOIN, as_text(left), as_text(right))


def as_text(given: Typed) -> Typed:
    return coerced(coerced(given, D) if given.type is DT else given, T)


# -- comparisons -------------------------------------------------------------------------------------

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _comparisons(kind: Type) -> dict[str, Operation]:
    made = {}
    collation = ' COLLATE "C"' if kind is T else ""  # by the number of each letter, as Python has it
    for sign, python in COMPARE.items():
        written = sql.template(f"({{}} {sign} {{}}{collation})")
        if kind is M:
            made[sign] = Operation(sign, values.compare_money(python), sql.compare_money(written))
        else:
            made[sign] = Operation(sign, python, written)
    return made


COMPARISONS = {kind: _comparisons(kind) for kind in (N, M, T, D, DT, B, S, R)}
UNORDERED = (B, R)


def compared(node: Binary, left: Typed, right: Typed) -> Typed:
    for side, text in ((left, node.left), (right, node.right)):
        if side.type is E:
            raise FormulaError(_("Nothing equals nothing: write is_empty(…) instead."), text.start, text.end)
    try:
        one, other = unified((left, right), node)
    except FormulaError:
        raise unfit(node, left, right) from None
    if one.type in UNORDERED and node.sign not in ("=", "!="):
        raise unfit(node, left, right)
    return applied(B, COMPARISONS[one.type][node.sign], one, other)


# -- truth -------------------------------------------------------------------------------------------

BOTH = Operation("and", values.both, sql.template("({} AND {})"), strict=False)
EITHER = Operation("or", values.either, sql.template("({} OR {})"), strict=False)
NOT = Operation("not", lambda value: not value, sql.template("(NOT {})"))
MINUS = Operation("-", values.negative, sql.template("(- {})"))
MINUS_MONEY = Operation("-", values.alter_money(values.negative), sql.alter_money(MINUS.sql))


def logical(node: Binary, left: Typed, right: Typed) -> Typed:
    if not {left.type, right.type} <= {B, E}:
        raise unfit(node, left, right)
    return applied(B, BOTH if node.sign == "and" else EITHER, coerced(left, B), coerced(right, B))


def unary(node: Unary, operand: Typed) -> Typed:
    if node.sign == "not" and operand.type in (B, E):
        return applied(B, NOT, coerced(operand, B))
    if node.sign == "-" and operand.type in (N, S, M, E):
        operation = MINUS_MONEY if operand.type is M else MINUS
        wanted = N if operand.type is E else operand.type
        return applied(wanted, operation, coerced(operand, wanted), whole=operand.whole)
    words = {"sign": node.sign, "kind": LABELS[operand.type]}
    raise FormulaError(_("“%(sign)s” does not fit before %(kind)s.") % words, node.start, node.end)


def binary(node: Binary, left: Typed, right: Typed) -> Typed:
    if node.sign in ("and", "or"):
        return logical(node, left, right)
    if node.sign == "&":
        return joined(node, left, right)
    if node.sign in COMPARE:
        return compared(node, left, right)
    return arithmetic(node, left, right)
