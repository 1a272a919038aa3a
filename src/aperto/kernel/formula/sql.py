"""The same signs and functions in PostgreSQL's SQL, as text with its parameters.

An argument is named once wherever possible, because a formula that names one twice at each level doubles
with each level; `LONGEST` stops those that cannot do otherwise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.formula.types import Context
from aperto.kernel.formula.values import CASES, FINER, LARGEST, LONGEST_TEXT, SCALE

LONGEST = 60_000
FAR_DAYS = 7_304_850  # 20,000 years, after which the calendar is the same; no date is then before its first
FAR_MONTHS = 240_000
FIRST_FAR, AFTER_FAR = "20999-12-31", "30000-01-01"  # around the years that fields hold, so far away
BEYOND = 200_000


@dataclass(frozen=True, slots=True)
class Sql:
    text: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneySql:
    amount: Sql
    currency: Sql
    base: Sql


def sql(template: str, *pieces: Sql) -> Sql:
    """The template with each {} replaced by a piece."""
    texts = template.split("{}")
    text = texts[0] + "".join(piece.text + after for piece, after in zip(pieces, texts[1:], strict=True))
    if len(text) > LONGEST:
        raise FormulaError(_("This formula is too involved; make it shorter."))
    return Sql(text, tuple(value for piece in pieces for value in piece.parameters))


def parameter(value: Any, cast: str) -> Sql:
    return Sql(f"%s::{cast}", (value,))


def number(value: Decimal | int) -> Sql:
    return Sql(f"{value:f}::numeric" if isinstance(value, Decimal) else f"{value}::numeric")


def template(text: str) -> Callable[..., Sql]:
    return lambda *pieces: sql(text, *pieces)


# -- numbers -----------------------------------------------------------------------------------------


def capped(piece: Sql) -> Sql:
    """Empty from the largest number on. What is empty becomes that number first, and then empty again."""
    return sql(
        f"NULLIF(NULLIF(GREATEST(LEAST({{}}, {LARGEST:f}), -{LARGEST:f}), {LARGEST:f}), -{LARGEST:f})", piece
    )


def multiply(left: Sql, right: Sql) -> Sql:
    return capped(sql(f"ROUND({{}} * {{}}, {SCALE})", left, right))


def divide(left: Sql, right: Sql) -> Sql:
    """The numerator's decimals decide how many PostgreSQL reckons."""
    quotient = sql(f"({{}} + 0.{'0' * FINER}) / NULLIF({{}}, 0)", left, right)
    return capped(sql(f"ROUND(ROUND({{}}, {FINER}), {SCALE})", quotient))


def result(piece: Sql, digits: int) -> Sql:
    return capped(sql(f"ROUND({{}}, {digits})", piece))


def whole(piece: Sql, least: int, most: int) -> Sql:
    """As an integer between the bounds; empty below the lower one, as where it is empty."""
    below = least - 1
    return sql(f"NULLIF(GREATEST(LEAST(FLOOR({{}}), {most}), {below}), {below})::integer", unempty(piece))


def unempty(piece: Sql) -> Sql:
    """LEAST would take an empty number for the most; far below every bound it ends as empty again."""
    return sql("COALESCE({}, -1e30)", piece)


def together(function: str) -> Callable[..., Sql]:
    """LEAST or GREATEST, but empty as soon as one argument is."""

    def made(*pieces: Sql) -> Sql:
        listed = Sql(", ".join(["{}"] * len(pieces))).text
        return sql(
            f"(CASE WHEN NUM_NULLS({listed}) = 0 THEN {function}({listed}) END)",
            *pieces,
            *pieces,
        )

    return made


# -- text --------------------------------------------------------------------------------------------

UPPERS, LOWERS = "".join(CASES), "".join(CASES.values())


def lower(piece: Sql) -> Sql:
    """By our own table: what the server's language makes of letters differs from place to place."""
    return sql(f"TRANSLATE(LOWER({{}} COLLATE \"C\"), '{UPPERS}', '{LOWERS}')", piece)


def upper(piece: Sql) -> Sql:
    return sql(f"TRANSLATE(UPPER({{}} COLLATE \"C\"), '{LOWERS}', '{UPPERS}')", piece)


def cut(text: str) -> Callable[..., Sql]:
    return template(f"LEFT({text}, {LONGEST_TEXT})")


def join(between: Sql, *pieces: Sql) -> Sql:
    listed = ", ".join(["NULLIF({}, '')"] * len(pieces))
    joined = sql(f"LEFT(CONCAT_WS({{}}, {listed}), {LONGEST_TEXT})", between, *pieces)
    return sql("(CASE WHEN {} IS NOT NULL THEN {} END)", between, joined)


def left(text: Sql, count: Sql) -> Sql:
    return sql("LEFT({}, {})", text, whole(count, 0, 2_000_000_000))


def right(text: Sql, count: Sql) -> Sql:
    return sql("RIGHT({}, {})", text, whole(count, 0, 2_000_000_000))


# -- dates -------------------------------------------------------------------------------------------


def day_of(context: Context, moment: Sql) -> Sql:
    return sql("({} AT TIME ZONE {})::date", moment, Sql("%s", (context.zone,)))


def within(far: Sql) -> Sql:
    """A date that was moved far away: empty unless fields can hold the one it was moved from."""
    return sql(
        f"(NULLIF(NULLIF(GREATEST(LEAST({{}}, DATE '{AFTER_FAR}'), DATE '{FIRST_FAR}'), DATE '{AFTER_FAR}'),"
        f" DATE '{FIRST_FAR}') - {FAR_DAYS})",
        far,
    )


def add_days(day: Sql, count: Sql) -> Sql:
    return within(sql(f"({{}} + {FAR_DAYS} + {{}})", day, whole(count, -4_000_000, 4_000_000)))


def take_days(day: Sql, count: Sql) -> Sql:
    return add_days(day, sql("(- {})", count))


def add_months(day: Sql, count: Sql) -> Sql:
    months = whole(count, -BEYOND, BEYOND)
    return within(sql(f"({{}} + MAKE_INTERVAL(months => {FAR_MONTHS} + {{}}))::date", day, months))


# -- choices -----------------------------------------------------------------------------------------


def each(function: Callable[..., Sql]) -> Callable[..., Any]:
    """A choice among amounts is made for each of their three parts."""

    def made(*pieces: Any) -> Any:
        if not isinstance(pieces[-1], MoneySql):
            return function(*pieces)
        return MoneySql(
            *(
                function(
                    *(getattr(piece, part) if isinstance(piece, MoneySql) else piece for piece in pieces)
                )
                for part in ("amount", "currency", "base")
            )
        )

    return made


def chosen(*pieces: Sql) -> Sql:
    branches = " ".join(["WHEN {} THEN {}"] * (len(pieces) // 2))
    return sql(f"(CASE {branches} ELSE {{}} END)", *pieces)


def coalesce(*pieces: Any) -> Any:
    if isinstance(pieces[-1], MoneySql):
        tests = [sql("({} IS NOT NULL)", piece.amount) for piece in pieces[:-1]]
        pairs = [each_ for pair in zip(tests, pieces, strict=False) for each_ in pair]
        return each(chosen)(*pairs, pieces[-1])
    return sql(f"COALESCE({', '.join(['{}'] * len(pieces))})", *pieces)


def coalesce_texts(*pieces: Sql) -> Sql:
    listed = ["NULLIF({}, '')"] * (len(pieces) - 1)
    return sql(f"COALESCE({', '.join([*listed, '{}'])})", *pieces)


def is_empty(piece: Sql | MoneySql) -> Sql:
    return sql("({} IS NULL)", piece.amount if isinstance(piece, MoneySql) else piece)


# -- money -------------------------------------------------------------------------------------------


def home(context: Context) -> Sql:
    return parameter(context.currency, "text")


def money(context: Context, amount: Sql) -> MoneySql:
    return MoneySql(amount, sql("(CASE WHEN {} IS NOT NULL THEN {} END)", amount, home(context)), amount)


def same(left: MoneySql, right: MoneySql) -> Sql:
    return sql("{} = {}", left.currency, right.currency)


def combine_money(function: Callable[..., Sql]) -> Callable[..., MoneySql]:
    def combined(context: Context, left: MoneySql, right: MoneySql) -> MoneySql:
        base, alike = function(left.base, right.base), same(left, right)
        amount = function(left.amount, right.amount)
        return MoneySql(
            sql("(CASE WHEN {} THEN {} ELSE {} END)", alike, amount, base),
            sql(
                "(CASE WHEN {} THEN {} WHEN {} IS NOT NULL THEN {} END)",
                *(alike, left.currency, base, home(context)),
            ),
            base,
        )

    return combined


def scale_money(function: Callable[..., Sql]) -> Callable[..., MoneySql]:
    def scaled(left: MoneySql, factor: Sql) -> MoneySql:
        amount = function(left.amount, factor)
        currency = sql("(CASE WHEN {} IS NOT NULL THEN {} END)", amount, left.currency)
        base = sql("(CASE WHEN {} IS NOT NULL THEN {} END)", amount, function(left.base, factor))
        return MoneySql(amount, currency, base)

    return scaled


def alter_money(function: Callable[..., Sql]) -> Callable[..., MoneySql]:
    return lambda value: MoneySql(function(value.amount), value.currency, function(value.base))


def compare_money(function: Callable[..., Sql]) -> Callable[..., Sql]:
    def compared(left: MoneySql, right: MoneySql) -> Sql:
        alike = function(left.amount, right.amount)
        other = function(left.base, right.base)
        return sql("(CASE WHEN {} THEN {} ELSE {} END)", same(left, right), alike, other)

    return compared


def spelt(labels: Sequence[tuple[str, str]]) -> Callable[[Sql], Sql]:
    """The words of a choice for its keys."""

    def made(key: Sql) -> Sql:
        pieces = [parameter(word, "text") for pair in labels for word in pair]
        return sql(f"(CASE {{}} {'WHEN {} THEN {} ' * len(labels)}END)", key, *pieces)

    return made
