"""What the signs and functions do in Python. The database does the same (see `sql`), figure for figure.

Numbers are decimals. Products and quotients are rounded half up to ten decimals, quotients over twenty; what
reaches a thousand million millions is empty, as is what is divided by zero.
"""

from calendar import monthrange
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from decimal import Context as Arithmetic
from typing import Any
from zoneinfo import ZoneInfo

from aperto.kernel.formula.types import Amount, Context

ARITHMETIC = Arithmetic(prec=100, rounding=ROUND_HALF_UP)
SCALE, FINER = 10, 20
LARGEST = Decimal(10) ** 15
ZERO = Decimal(0)
LONGEST_TEXT = 2_000  # characters that a text grows to within a formula
EARLIEST, LATEST = 1000, 9999  # years

# -- numbers -----------------------------------------------------------------------------------------


def capped(number: Decimal) -> Decimal | None:
    return number if -LARGEST < number < LARGEST else None


def rounded(number: Decimal, digits: int = SCALE) -> Decimal:
    """Half up, and without a negative zero."""
    return ARITHMETIC.add(ARITHMETIC.quantize(number, Decimal(1).scaleb(-digits)), ZERO)


def add(left: Decimal, right: Decimal) -> Decimal:
    return ARITHMETIC.add(left, right)


def subtract(left: Decimal, right: Decimal) -> Decimal:
    return ARITHMETIC.subtract(left, right)


def multiply(left: Decimal, right: Decimal) -> Decimal | None:
    return capped(rounded(ARITHMETIC.multiply(left, right)))


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    if right == 0:
        return None
    return capped(rounded(rounded(ARITHMETIC.divide(left, right), FINER)))


def remainder(left: Decimal, right: Decimal) -> Decimal | None:
    """With the sign of the left one."""
    return None if right == 0 else ARITHMETIC.add(ARITHMETIC.remainder(left, right), ZERO)


def negative(number: Decimal) -> Decimal:
    return ARITHMETIC.subtract(ZERO, number)


def floor(number: Decimal) -> Decimal:
    return ARITHMETIC.add(number.to_integral_value(ROUND_FLOOR), ZERO)


def ceiling(number: Decimal) -> Decimal:
    return ARITHMETIC.add(number.to_integral_value(ROUND_CEILING), ZERO)


def written(number: Decimal) -> str:
    return f"{number.normalize(ARITHMETIC):f}"


# -- money -------------------------------------------------------------------------------------------


def money(context: Context, number: Decimal) -> Amount:
    return Amount(number, context.currency, number)


def _optional(function: Any, left: Decimal | None, right: Decimal | None) -> Any:
    return None if left is None or right is None else function(left, right)


def combine_money(function: Any) -> Any:
    """Amounts of one currency as they are, those of two by what they are in the organisation's."""

    def combined(context: Context, left: Amount, right: Amount) -> Amount | None:
        base = _optional(function, left.base, right.base)
        if left.currency == right.currency:
            return Amount(function(left.amount, right.amount), left.currency, base)
        return None if base is None else Amount(base, context.currency, base)

    return combined


def scale_money(function: Any) -> Any:
    def scaled(left: Amount, number: Decimal) -> Amount | None:
        amount = function(left.amount, number)
        if amount is None:
            return None
        return Amount(amount, left.currency, _optional(function, left.base, number))

    return scaled


def alter_money(function: Any) -> Any:
    def altered(value: Amount) -> Amount:
        return Amount(
            function(value.amount), value.currency, None if value.base is None else function(value.base)
        )

    return altered


def compare_money(function: Any) -> Any:
    """A comparison or a quotient of two amounts."""

    def compared(left: Amount, right: Amount) -> Any:
        if left.currency == right.currency:
            return function(left.amount, right.amount)
        return _optional(function, left.base, right.base)

    return compared


# -- text --------------------------------------------------------------------------------------------


def cases() -> dict[str, str]:
    """Capital and small letters that are one sign each: Latin, Greek and Cyrillic."""
    letters = (chr(code) for code in (*range(0xC0, 0x180), *range(0x370, 0x400), *range(0x400, 0x530)))
    pairs = ((letter, letter.lower()) for letter in letters if letter.isupper())
    return {upper: lower for upper, lower in pairs if len(lower) == 1 and lower.upper() == upper}


CASES = cases()
ASCII = {chr(code): chr(code + 32) for code in range(65, 91)}
LOWER = str.maketrans(ASCII | CASES)
UPPER = str.maketrans({lower: upper for upper, lower in (ASCII | CASES).items()})


def cut(text: str) -> str:
    return text[:LONGEST_TEXT]


def joined(left: str, right: str) -> str:
    return cut(left + right)


def join(between: str | None, *texts: str | None) -> str | None:
    """Those that are not empty, with the first text between them."""
    return None if between is None else cut(between.join(text for text in texts if text))


def lower(text: str) -> str:
    return text.translate(LOWER)


def upper(text: str) -> str:
    return text.translate(UPPER)


def length(text: str) -> Decimal:
    return Decimal(len(text))


def left(text: str, count: Decimal) -> str | None:
    return None if (number := whole(count)) < 0 else text[:number]


def right(text: str, count: Decimal) -> str | None:
    number = whole(count)
    return None if number < 0 else text[len(text) - number :] if number < len(text) else text


def replace(text: str, old: str, new: str) -> str:
    return cut(text.replace(old, new) if old else text)


def trim(text: str) -> str:
    return text.strip(" ")


def whole(number: Decimal) -> int:
    """The next whole number below, and never one that is too large to count with."""
    return int(min(max(floor(number), -LARGEST), LARGEST))


# -- dates -------------------------------------------------------------------------------------------


def day_of(context: Context, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(context.zone)).date()


def days_between(first: date, last: date) -> Decimal:
    return Decimal((last - first).days)


def add_days(day: date, count: Decimal) -> date | None:
    number = day.toordinal() + whole(count)
    if not date(EARLIEST, 1, 1).toordinal() <= number <= date(LATEST, 12, 31).toordinal():
        return None
    return date.fromordinal(number)


def take_days(day: date, count: Decimal) -> date | None:
    return add_days(day, negative(count))


def add_months(day: date, count: Decimal) -> date | None:
    """The same day of another month, or the last of a shorter one."""
    months = day.year * 12 + day.month - 1 + whole(count)
    year, month = months // 12, months % 12 + 1
    if not EARLIEST <= year <= LATEST:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def seconds_between(first: datetime, last: datetime) -> Decimal:
    gap = last - first
    exact = Decimal(gap.days * 86_400 + gap.seconds) + Decimal(gap.microseconds).scaleb(-6)
    return rounded(exact, 0)


# -- truth, which may be unknown ---------------------------------------------------------------------


def both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def chosen(*arguments: Any) -> Any:
    """Condition, value, condition, value, …, and what holds otherwise."""
    for condition, value in zip(arguments[:-1:2], arguments[1::2], strict=True):
        if condition is True:
            return value
    return arguments[-1]


def is_empty(value: Any) -> bool:
    return value is None or value == ""


def coalesce(*values: Any) -> Any:
    return next((value for value in values[:-1] if not is_empty(value)), values[-1])


def smallest(*values: Any) -> Any:
    return min(values)


def largest(*values: Any) -> Any:
    return max(values)
