"""Comparisons that a filter can make, and how each becomes a condition on one expression.

An operator is written once here; a kind lists which of them make sense for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Expression, Q
from django.db.models.lookups import (
    Contains,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message

LOOKUPS: dict[str, Any] = {
    "exact": Exact,
    "gt": GreaterThan,
    "gte": GreaterThanOrEqual,
    "lt": LessThan,
    "lte": LessThanOrEqual,
    "in": In,
    "isnull": IsNull,
    "contains": Contains,
    "startswith": StartsWith,
}

type Expr = str | Expression


def compare(expression: Expr, lookup: str, value: object) -> Q:
    """A condition on a column (by name), or on a value that is made of columns."""
    if isinstance(expression, str):
        return Q(**{f"{expression}__{lookup}": value})
    return Q(LOOKUPS[lookup](expression, value))


@dataclass(frozen=True)
class Operator:
    """`symbol` is how the typed language writes it; `arity` is 0, 1, 2 or -1 for any number of arguments."""

    key: str
    label: Message
    symbol: str
    arity: int
    condition: Callable[[Expr, Sequence[Any]], Q]


def _is(expression: Expr, arguments: Sequence[Any]) -> Q:
    return compare(expression, "exact", arguments[0])


def _any_of(expression: Expr, arguments: Sequence[Any]) -> Q:
    return compare(expression, "in", list(arguments))


def _all_of(expression: Expr, arguments: Sequence[Any]) -> Q:
    return reduce(and_, [compare(expression, "contains", argument) for argument in arguments], Q())


def _empty(expression: Expr, arguments: Sequence[Any]) -> Q:
    return compare(expression, "isnull", True)


def _not(condition: Callable[[Expr, Sequence[Any]], Q]) -> Callable[[Expr, Sequence[Any]], Q]:
    """The opposite, which an absent value fulfils: SQL alone would answer neither yes nor no."""

    def opposite(expression: Expr, arguments: Sequence[Any]) -> Q:
        return _empty(expression, ()) | ~condition(expression, arguments)

    return opposite


def _by(lookup: str) -> Callable[[Expr, Sequence[Any]], Q]:
    return lambda expression, arguments: compare(expression, lookup, arguments[0])


def _between(expression: Expr, arguments: Sequence[Any]) -> Q:
    low, high = arguments
    return compare(expression, "gte", low) & compare(expression, "lte", high)


def _filled(expression: Expr, arguments: Sequence[Any]) -> Q:
    return compare(expression, "isnull", False)


OPERATORS: dict[str, Operator] = {
    operator.key: operator
    for operator in (
        Operator("is", _("is"), "=", 1, _is),
        Operator("is_not", _("is not"), "!=", 1, _not(_is)),
        Operator("any_of", _("is any of"), "in", -1, _any_of),
        Operator("all_of", _("has all of"), "has all", -1, _all_of),
        Operator("none_of", _("is none of"), "not in", -1, _not(_any_of)),
        Operator("contains", _("contains"), "~", 1, _by("contains")),
        Operator("not_contains", _("does not contain"), "!~", 1, _not(_by("contains"))),
        Operator("starts_with", _("starts with"), "^", 1, _by("startswith")),
        Operator("lt", _("is less than"), "<", 1, _by("lt")),
        Operator("le", _("is at most"), "<=", 1, _by("lte")),
        Operator("gt", _("is more than"), ">", 1, _by("gt")),
        Operator("ge", _("is at least"), ">=", 1, _by("gte")),
        Operator("between", _("is between"), "between", 2, _between),
        Operator("empty", _("is empty"), "is empty", 0, _empty),
        Operator("filled", _("is filled in"), "is filled", 0, _filled),
    )
}

PRESENCE = ("empty", "filled")
EQUALITY = ("is", "is_not", "any_of", "none_of", *PRESENCE)
TEXT = ("contains", "not_contains", "is", "is_not", "any_of", "starts_with", *PRESENCE)
ORDERED = ("is", "is_not", "lt", "le", "gt", "ge", "between", *PRESENCE)
