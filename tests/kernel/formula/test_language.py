"""What formulas say, and what is wrong with those that say nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel.access.actor import system
from aperto.kernel.fields import Formula, MoneyValue
from aperto.kernel.formula.ast import LONGEST
from aperto.kernel.formula.errors import FormulaError
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer
from tests.kernel.formula.subjects import added, blank, checked, value

USD = MoneyValue(Decimal(10), "USD", Decimal(9))
EUR = MoneyValue(Decimal(5), "EUR", Decimal(5))


def said(text: str, actor: Any = None, /, **values: Any) -> Any:
    record = blank("gadget", **values)
    return value(text, record, actor) if actor else value(text, record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 - -3", 1),
        ("7 % 3", 1),
        ("2 / 3", Decimal("0.67")),
        ("0.105 * 1", Decimal("0.11")),
        ("-0.105 * 1", Decimal("-0.11")),
        ("1 / 0", None),
        ("round(2.5)", 3),
        ("round(-2.345, 2)", Decimal("-2.35")),
        ("min(3, 1, 2) & max(1, 2)", "12"),
        ('"a" & 1.50 & date("2026-02-28")', "a1.52026-02-28"),
        ('join(", ", "a", "", "b")', "a, b"),
        ('upper("éß") & lower("ÀΣ")', "Éßàσ"),
        ('left("abc", 2) & right("abc", 1)', "abc"),
        ('replace("banana", "an", "o")', "booa"),
        ('trim("  a ")', "a"),
        ('case(1 > 2, "a", 2 > 1, "b", "c")', "b"),
        ("if(false, 1)", None),
        ("not true or true and false", False),
        ("1 < 2 and 2 <= 2 and 3 != 4", True),
        ('add_months(date("2026-01-31"), 1)', date(2026, 2, 28)),
        ('date("2026-03-01") - date("2026-02-01")', 28),
        ('date("9999-12-31") + 1', None),
        ('weekday(date("2026-11-22"))', 7),
        ("999999999999999 * 10", None),
    ],
)
def test_formula_means(text: str, expected: Any) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("money + money", {"money": USD}, MoneyValue(Decimal(20), "USD")),
        ("money + 1", {"money": USD}, MoneyValue(Decimal(10), "EUR")),
        ("money + 1", {"money": EUR}, MoneyValue(Decimal(6), "EUR")),
        ("money > 9.5", {"money": USD}, False),
        ("amount(money) - base(money)", {"money": USD}, Decimal(1)),
        ("currency(money)", {"money": USD}, "USD"),
        ("money * 1.5", {"money": USD}, MoneyValue(Decimal(15), "USD")),
        ("boolean", {}, False),
        ("integer + 1", {}, None),
        ("integer > 1 or true", {}, True),
        ("is_empty(integer)", {}, True),
        ("coalesce(integer, 3)", {}, 3),
        ("duration * 2", {"duration": 90}, 180),
        ("minutes(duration)", {"duration": 90}, Decimal("1.5")),
        ("label(select) & key(select)", {"select": "blue"}, "Blue, brightblue"),
    ],
)
def test_formula_reads_fields(text: str, values: dict[str, Any], expected: Any) -> None:
    assert said(text, **values) == expected


def test_days_are_those_of_the_reader() -> None:
    late = datetime(2026, 1, 1, 23, 30, tzinfo=UTC)
    readers = [system("test", Viewer(zone_name=zone)) for zone in ("UTC", "Asia/Tokyo")]

    assert [said("day(date(datetime))", reader, datetime=late) for reader in readers] == [1, 2]


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("", "says nothing", ""),
        ("intger + 1", "no field called “intger”; did you mean “integer”?", "intger"),
        ("parent.intger", "did you mean “integer”?", "intger"),
        ("integr(1)", "no function called “integr”", "integr"),
        ("1 +", "ends where", ""),
        ("1 + )", "is expected before “)”", ")"),
        ('"open', "closing quotation mark", '"open'),
        ("1 ? 2", "“?” has no meaning", "?"),
        ('1 + "a"', "does not fit between a number and a text", '1 + "a"'),
        ("upper(1)", "takes a text here, not a number", "1"),
        ("upper()", "takes 1 argument, not 0", "upper()"),
        ("integer = empty", "is_empty", "empty"),
        ("1 < 2 < 3", "Join two comparisons", "<"),
        ("parent", "reference as its result", "parent"),
        ("parent.parent.integer", "one reference, not two", "parent.parent.integer"),
        ("integer.text", "leads to no other record", "integer.text"),
        ("reference.title", "several objects", "reference.title"),
        ("multi_select", "cannot be used", "multi_select"),
        ("if(1, 2, 3)", "takes yes or no here", "1"),
        ('if(true, 1, "a")', "do not go together", 'if(true, 1, "a")'),
        ('date("tomorrow")', "is written like", '"tomorrow"'),
        ("label(text)", "field with options", "text"),
        ("round(1, integer)", "from 0 to 10", "integer"),
        ("boolean < true", "does not fit", "boolean < true"),
        ("empty", "always empty", "empty"),
        ("1234567890123456", "too many figures", "1234567890123456"),
    ],
)
def test_mistakes_are_explained_where_they_are(text: str, message: str, marked: str) -> None:
    with pytest.raises(FormulaError) as refused:
        checked(text)

    assert message in str(refused.value.message)
    assert text[refused.value.start : refused.value.end] == marked


@pytest.mark.parametrize(
    "text",
    [
        "1 + " * 2_000 + "1",
        "(" * 60 + "1" + ")" * 60,
        "not " * 60 + "true",
        " + ".join(["1"] * 300),
        "-" * 60 + "1",
        "abs(" * 60 + "1" + ")" * 60,
        "x" * (LONGEST + 1),
        "min(" * 40 + "integer" + ", integer)" * 40,
    ],
)
def test_formulas_have_limits(text: str) -> None:
    with pytest.raises(FormulaError):
        checked(text)


def test_texts_do_not_grow_without_end() -> None:
    grown = "text"
    for _again in range(20):
        grown = f'replace({grown}, "a", "aaaaaaaaaa")'

    assert len(said(grown, text="a")) == 2_000


# -- formulas of formulas ----------------------------------------------------------------------------


def test_formula_uses_another() -> None:
    fields = {"double": Formula("D", expression="integer * 2"), "more": Formula("M", expression="double + 1")}
    with added(gadget=fields):
        assert said("more * 10", integer=3) == 70


def test_cycles_are_refused() -> None:
    fields = {"one": Formula("1", expression="two + 1"), "two": Formula("2", expression="one + 1")}
    with added(gadget=fields), pytest.raises(FormulaError, match="its own result"):
        fields["one"].check(registry.get("gadget"))


def test_formula_of_itself_is_refused() -> None:
    for text in ("f + 1", "parent.f + 1"):
        own = Formula("F", expression=text)
        with added(gadget={"f": own}), pytest.raises(FormulaError, match="its own result"):
            own.check(registry.get("gadget"))


def test_broken_formula_is_empty_and_breaks_nothing() -> None:
    broken = Formula("B", expression="gone + 1")
    with added(gadget={"f": broken}):
        found = broken.seen_by(system("test"), registry.get("gadget"))

        assert found.get(blank("gadget")) is None
