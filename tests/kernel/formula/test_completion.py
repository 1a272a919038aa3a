"""What the editor proposes, and how it explains a mistake."""

import pytest

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Formula
from aperto.kernel.formula.complete import complete, functions
from aperto.kernel.formula.errors import FormulaError, explain
from aperto.kernel.objects.registry import registry
from tests.kernel.formula.subjects import added, checked


def proposed(text: str) -> list[str]:
    return [each.insert for each in complete(text, len(text), registry.get("gadget"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dec", ["decimal"]),
        ("integer + dur", ["duration"]),
        ("parent.boo", ["parent.boolean"]),
        ("user.na", ["user.name"]),
        ("owner.e", ["owner.email", "owner.name"]),
        ("reference.te", []),
        ("upp", ["upper("]),
        ("if(bool", ["boolean"]),
        ("integer an", ["and"]),
        ("tru", ["true"]),
        ('"open text ', []),
        ("integer ) dec", []),
        ("12", []),
    ],
)
def test_completion_proposes_what_fits(text: str, expected: list[str]) -> None:
    assert [each for each in proposed(text) if each in expected or expected == []] == expected


def test_completion_offers_signs_after_a_value() -> None:
    assert proposed("integer ")[:3] == ["+", "-", "*"]


def test_completion_leaves_out_the_formula_itself_and_what_cannot_be_used() -> None:
    with added(gadget={"total": Formula("Total", expression="1")}):
        declaration = registry.get("gadget")

        assert [each.insert for each in complete("tot", 3, declaration)] == ["total"]
        assert complete("tot", 3, declaration, own_key="total") == []
        assert "multi_select" not in proposed("multi")


def test_every_proposal_says_what_it_is() -> None:
    declaration = registry.get("gadget")
    found = [each for word in ("a", "d", "i", "integer ") for each in complete(word, len(word), declaration)]

    assert all(each.help and each.label and each.insert for each in found)
    assert all(usage and help_ for usage, help_ in functions())


def test_mistake_is_cut_out_of_the_text() -> None:
    text = "1 +\n  amout * 2"
    with pytest.raises(FormulaError) as refused:
        checked(text)

    found = explain(refused.value, text)

    assert (found.before, found.wrong, found.after) == ("1 +\n  ", "amout", " * 2")
    assert (found.line, found.column) == (2, 3)
    assert isinstance(refused.value, FieldError)
