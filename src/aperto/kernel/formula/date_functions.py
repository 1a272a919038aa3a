"""Functions of dates, moments and lengths of time."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import Message
from aperto.kernel.formula import operations, sql, values
from aperto.kernel.formula.ast import Call
from aperto.kernel.formula.calls import counted, fitted, function, plain, simple, wrong
from aperto.kernel.formula.operations import DT, D, N, S, T
from aperto.kernel.formula.types import Typed, applied, constant

simple(
    "today", "", gettext_lazy("The day of today."), plain(gives=D),
    lambda context: context.today, lambda context: sql.parameter(context.today.isoformat(), "date"),
    contextual=True,
)  # fmt: skip
simple(
    "now", "", gettext_lazy("This moment."), plain(gives=DT),
    lambda context: context.now, lambda context: sql.parameter(context.now.isoformat(), "timestamptz"),
    contextual=True,
)  # fmt: skip
_PARTS: tuple[tuple[str, Message, str, Any], ...] = (
    ("year", gettext_lazy("The year of a date."), "YEAR", lambda day: Decimal(day.year)),
    ("month", gettext_lazy("The month of a date, from 1 to 12."), "MONTH", lambda day: Decimal(day.month)),
    ("day", gettext_lazy("The day of the month."), "DAY", lambda day: Decimal(day.day)),
    (
        "weekday",
        gettext_lazy("The day of the week: 1 for Monday, 7 for Sunday."),
        "ISODOW",
        lambda day: Decimal(day.isoweekday()),
    ),
)
for _name, _help, _written_as, _python in _PARTS:
    simple(
        _name, "date", _help, plain(D, gives=N, whole=True), _python,
        f"EXTRACT({_written_as} FROM {{}})::numeric",
    )  # fmt: skip
function(
    "days_between", "first, last", gettext_lazy("How many days lie between two dates."),
    plain(D, D, gives=N, whole=True)(operations.DAYS),
)  # fmt: skip
function(
    "add_days", "date, days", gettext_lazy("So many days later."), plain(D, N, gives=D)(operations.ADD_DAYS)
)
simple(
    "add_months", "date, months", gettext_lazy("So many months later, at most the last day of the month."),
    plain(D, N, gives=D), values.add_months, sql.add_months,
)  # fmt: skip


def _date(call: Call, given: Sequence[Typed]) -> Typed:
    """Of a moment its day; of a text in quotation marks the day that it writes."""
    counted(call, 1, 1)
    if given[0].type is T and isinstance(given[0].constant, str):
        try:
            day = date.fromisoformat(given[0].constant)
        except ValueError:
            day = date.min
        if day.year < values.EARLIEST:
            raise wrong(call, 0, _("A date is written like “2026-11-24”."))
        return constant(D, day)
    return fitted(call, 0, given[0], D)


function("date", "moment", gettext_lazy("The day of a moment, or of a text like “2026-11-24”."), _date)

for _name, _help, _seconds in (
    ("minutes", gettext_lazy("A length of time in minutes."), 60),
    ("hours", gettext_lazy("A length of time in hours."), 3_600),
):
    _size = constant(N, Decimal(_seconds), whole=True)

    def _length(call: Call, given: Sequence[Typed], size: Typed = _size) -> Typed:
        counted(call, 1, 1)
        return applied(N, operations.OVER, fitted(call, 0, given[0], S), size)

    function(_name, "duration", _help, _length)
