"""Random formulas that are well-typed, and random records for them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from aperto.kernel.fields import MoneyValue, Ref

LETTERS = "abzAZ éÉßñÖłŁ αΩжЖ漢😀'\"\\%_-.0"
TEXTS = st.text(LETTERS, max_size=12)
FIGURES = st.decimals("-99999", "99999", places=2)
LARGE = st.decimals("-9999999999", "9999999999", places=2)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))
CURRENCIES = st.sampled_from(["EUR", "USD", "GBP"])

type Texts = st.SearchStrategy[str]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, strategy, st.none())


def records() -> st.SearchStrategy[dict[str, Any]]:
    money = st.builds(MoneyValue, FIGURES, CURRENCIES, maybe(FIGURES))
    return st.fixed_dictionaries(
        {
            "integer": maybe(st.integers(-1_000_000, 1_000_000)),
            "decimal": maybe(FIGURES | LARGE),
            "money": maybe(money),
            "text": maybe(TEXTS.map(lambda text: " ".join(text.split()) or None)),
            "select": maybe(st.sampled_from(["red", "green", "blue"])),
            "date": maybe(DAYS),
            "datetime": maybe(MOMENTS),
            "boolean": maybe(st.booleans()),
            "duration": maybe(st.integers(0, 1_000_000)),
            "user": maybe(st.sampled_from([Ref("user", UUID(int=1)), Ref("user", UUID(int=2))])),
        }
    )


def fields(*keys: str) -> Texts:
    """Of the record itself, or of the one that it points at."""
    return st.sampled_from([*keys, *(f"parent.{key}" for key in keys)])


def call(name: str, *arguments: Texts) -> Texts:
    return st.tuples(*arguments).map(lambda given: f"{name}({', '.join(given)})")


def between(left: Texts, signs: str, right: Texts) -> Texts:
    parts = st.tuples(left, st.sampled_from(signs.split()), right)
    return parts.map(lambda given: f"({given[0]} {given[1]} {given[2]})")


def chosen(condition: Texts, value: Texts) -> Texts:
    return (
        call("if", condition, value, value)
        | call("if", condition, value, st.just("empty"))
        | call("case", condition, value, condition, value, value)
        | call("coalesce", value, value)
    )


def numbers(depth: int) -> Texts:
    plain = st.decimals("0", "1000", places=2).map(str) | st.integers(0, 20).map(str)
    leaves = plain | fields("integer", "decimal")
    if depth == 0:
        return leaves
    inner, text, day, money = numbers(depth - 1), texts(depth - 1), days(depth - 1), amounts(depth - 1)
    return st.one_of(
        leaves,
        between(numbers(0), "+ - * / %", inner),
        between(inner, "+ - * / %", numbers(0)),
        inner.map(lambda each: f"(-{each})"),
        call("round", inner, st.integers(0, 4).map(str)),
        call("floor", inner),
        call("ceil", inner),
        call("abs", numbers(0)),
        call("min", inner, inner),
        call("max", inner, inner, inner),
        call("length", text),
        call("days_between", day, day),
        st.sampled_from(["year", "month", "day", "weekday"]).flatmap(lambda name: call(name, day)),
        call("amount", money),
        call("base", money),
        call("hours", durations(depth - 1)),
        between(money, "/", money),
        chosen(truths(depth - 1), inner),
    )


def amounts(depth: int) -> Texts:
    leaves = fields("money")
    if depth == 0:
        return leaves
    inner, number = amounts(depth - 1), numbers(depth - 1)
    return st.one_of(
        leaves,
        between(inner, "+ -", inner),
        between(inner, "* /", number),
        between(inner, "+ -", fields("integer")),
        call("round", inner, st.just("1")),
        call("abs", inner),
        inner.map(lambda each: f"(-{each})"),
        chosen(truths(depth - 1), inner),
    )


def texts(depth: int) -> Texts:
    leaves = TEXTS.map(quoted) | fields("text", "select")
    if depth == 0:
        return leaves
    inner, number = texts(depth - 1), numbers(depth - 1)
    one = st.sampled_from(["upper", "lower", "trim"])
    return st.one_of(
        leaves,
        one.flatmap(lambda name: call(name, inner)),
        st.sampled_from(["left", "right"]).flatmap(lambda name: call(name, inner, number)),
        call("replace", inner, inner, inner),
        call("join", inner, inner, number),
        call("text", number),
        call("label", fields("select")),
        call("currency", amounts(depth - 1)),
        between(inner, "&", st.one_of(inner, number, days(depth - 1))),
        chosen(truths(depth - 1), inner),
    )


def days(depth: int) -> Texts:
    leaves = fields("date", "datetime") | st.just("today()") | DAYS.map(lambda day: f'date("{day}")')
    if depth == 0:
        return call("date", leaves)
    inner, number = days(depth - 1), numbers(depth - 1)
    return st.one_of(
        call("date", leaves),
        call("add_days", inner, number),
        call("add_months", inner, number),
        between(inner, "+ -", number),
        call("max", inner, inner),
        chosen(truths(depth - 1), inner),
    )


def durations(depth: int) -> Texts:
    leaves = fields("duration") | st.just("(datetime - parent.datetime)")
    if depth == 0:
        return leaves
    inner = durations(depth - 1)
    return st.one_of(leaves, between(inner, "+ -", inner), between(inner, "* /", numbers(depth - 1)))


def truths(depth: int) -> Texts:
    leaves = st.sampled_from(["true", "false", "boolean", "parent.boolean", "user = parent.user"])
    if depth == 0:
        return leaves
    signs, inner = "= != < <= > >=", truths(depth - 1)
    of_type: list[Callable[[int], Texts]] = [texts, days, amounts, durations]
    number = numbers(depth - 1)
    return st.one_of(
        leaves,
        between(number, signs, number),
        *(between(each(depth - 1), signs, each(depth - 1)) for each in of_type),
        between(amounts(depth - 1), signs, number),
        between(inner, "and or", inner),
        inner.map(lambda each: f"(not {each})"),
        call("contains", texts(depth - 1), texts(depth - 1)),
        call("starts_with", texts(depth - 1), texts(depth - 1)),
        *(call("is_empty", each(depth - 1)) for each in [*of_type, numbers]),
    )


def formulas(depth: int = 3) -> Texts:
    return st.one_of(*(each(depth) for each in (numbers, amounts, texts, days, durations, truths)))
