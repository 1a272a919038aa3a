"""Every comparison of every kind finds the rows that Python finds, in both storages."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import Q

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer
from tests.kernel.fields.rows import MODELS, keep, numbers, of_kinds
from tests.kernel.fields.subjects import subject

VIEWER = Viewer(language="en", country="NL")
LISTS = {"emails", "phones", "multi_select", "address"}

PREDICATES: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "is": lambda value, given: value == given[0],
    "is_not": lambda value, given: value is None or value != given[0],
    "any_of": lambda value, given: value in given,
    "none_of": lambda value, given: value is None or value not in given,
    "lt": lambda value, given: value is not None and value < given[0],
    "le": lambda value, given: value is not None and value <= given[0],
    "gt": lambda value, given: value is not None and value > given[0],
    "ge": lambda value, given: value is not None and value >= given[0],
    "between": lambda value, given: value is not None and given[0] <= value <= given[1],
    "empty": lambda value, given: value is None,
    "filled": lambda value, given: value is not None,
}


def arguments(field: Field, operator: str) -> list[Any]:
    arity = OPERATORS[operator].arity
    return [field.sample(number) for number in (1, 5, 3)][: 3 if arity < 0 else arity]


def compared(kept: Field, values: Sequence[Any], operator: str) -> None:
    given = arguments(kept, operator)
    subjects = [None if value is None else subject(kept, value) for value in values]
    wanted = [subject(kept, value) for value in given]
    expected = [place for place, value in enumerate(subjects) if PREDICATES[operator](value, wanted)]

    assert numbers(kept, kept.where(operator, given)) == expected, operator


def test_comparisons_agree_with_python(kept: Field, filled: list[Any]) -> None:
    listed = {"empty", "filled"} if kept.kind in LISTS else set(PREDICATES)
    for operator in listed & set(kept.operators) - ({"is", "is_not"} if kept.kind == "boolean" else set()):
        compared(kept, filled, operator)


@of_kinds("text", "long_text", "rich_text", "url")
def test_pieces_of_text_are_found(chosen: Field, db: None) -> None:
    texts = ["Crème brûlée", "Straße 100%", "under_score", "ÇELIK", "back\\slash", None]
    values = texts if chosen.kind != "url" else [f"https://x.example/{n}" for n in range(5)] + [None]
    keep(chosen, values)
    needles = ("creme", "STRASSE", "100%", "r_s", "Çel", "k\\s", "e", "zzz", "x.example", "/3")

    for needle in needles:
        given = chosen.parse_argument("contains", needle, VIEWER)
        found = [
            n for n, value in enumerate(values) if value and fold(needle) in fold(chosen.text(value, VIEWER))
        ]

        assert numbers(chosen, chosen.where("contains", [given])) == found, needle
        absent = [n for n in range(len(values)) if n not in found]
        assert numbers(chosen, chosen.where("not_contains", [given])) == absent, needle


def test_text_starts_with(db: None) -> None:
    for model in MODELS.values():
        keep(model.own_fields["text"], ["Émile", "emil", "Bemil", None])

        assert numbers(model.own_fields["text"], model.own_fields["text"].where("starts_with", ["ÉMI"])) == [
            0,
            1,
        ]


@of_kinds("boolean")
def test_what_was_never_ticked_counts_as_no(chosen: Field, db: None) -> None:
    keep(chosen, [True, False, None])

    found = {
        (op, value): numbers(chosen, chosen.where(op, [value]))
        for op in ("is", "is_not")
        for value in (True, False)
    }

    assert found == {
        ("is", True): [0],
        ("is", False): [1, 2],
        ("is_not", True): [1, 2],
        ("is_not", False): [0],
    }


@of_kinds("multi_select")
def test_choices_of_a_list(chosen: Field, db: None) -> None:
    keep(chosen, [["red"], ["red", "green"], ["green", "blue"], None])
    red, green = (chosen.parse_argument("any_of", text, VIEWER) for text in ("Red", "green"))

    assert numbers(chosen, chosen.where("any_of", [red, green])) == [0, 1, 2]
    assert numbers(chosen, chosen.where("all_of", [red, green])) == [1]
    assert numbers(chosen, chosen.where("none_of", [red])) == [2, 3]
    assert numbers(chosen, chosen.where("contains", [red])) == [0, 1]
    assert numbers(chosen, chosen.where("not_contains", [green])) == [0, 3]
    assert numbers(chosen, chosen.where("any_of", [])) == []
    assert numbers(chosen, chosen.where("any_of", [["red"], ["blue"]])) == [0, 1, 2]


ADDRESSES = ["Ann@Example.com; ann@home.example (home)", "bob@example.com", "zann@other.example", ""]


@of_kinds("emails")
def test_addresses_are_found_whole_and_in_pieces(chosen: Field, db: None) -> None:
    keep(chosen, [chosen.parse(text, VIEWER) for text in ADDRESSES])

    def found(operator: str, *texts: str) -> list[int]:
        return numbers(
            chosen, chosen.where(operator, [chosen.parse_argument(operator, text, VIEWER) for text in texts])
        )

    assert found("is", "ANN@example.com") == [0]
    assert found("is", "ann@home.example") == [0]
    assert found("is_not", "bob@example.com") == [0, 2, 3]
    assert found("any_of", "bob@example.com", "ann@home.example") == [0, 1]
    assert found("none_of", "bob@example.com", "ann@home.example") == [2, 3]
    assert found("contains", "ann@") == [0, 2]
    assert found("not_contains", "example.com") == [2, 3]
    assert found("starts_with", "ann") == [0]


@of_kinds("phones")
def test_phone_numbers_are_found_however_written(chosen: Field, db: None) -> None:
    keep(
        chosen,
        [chosen.parse(text, VIEWER) for text in ("010 555 0142", "+33 1 55 55 01 09; 06 12345678", "")],
    )

    def found(operator: str, text: str) -> list[int]:
        return numbers(chosen, chosen.where(operator, [chosen.parse_argument(operator, text, VIEWER)]))

    assert found("is", "+31 10 555 0142") == [0]
    assert found("is", "(010) 5550142") == [0]
    assert found("contains", "010-555") == [0]
    assert found("contains", "0031 10") == [0]
    assert found("contains", "01 55 55") == [1]
    assert found("is_not", "06-12345678") == [0, 2]
    assert found("starts_with", "+33") == [1]


@of_kinds("address")
def test_addresses_are_found_by_any_piece(chosen: Field, db: None) -> None:
    keep(
        chosen,
        [{"street": "Rua 1", "postal_code": "", "city": "São Paulo", "region": "", "country": "BR"}, None],
    )

    assert numbers(chosen, chosen.where("contains", ["sao pau"])) == [0]
    assert numbers(chosen, chosen.where("contains", ["Brazil"])) == [0]
    assert numbers(chosen, chosen.where("not_contains", ["lisboa"])) == [0, 1]


def test_other_comparisons_are_refused(field: Field) -> None:
    for operator in set(OPERATORS) - set(field.operators):
        with pytest.raises(FieldError):
            field.where(operator, [field.sample(1)])


def test_conditions_combine(kept: Field, filled: list[Any]) -> None:
    both = kept.where(kept.operators[-1], ()) if kept.operators[-1] == "filled" else Q()

    assert numbers(kept, both & ~Q(version=0)) == [
        n for n, value in enumerate(filled) if n and (value is not None or not both)
    ]


def test_arguments_are_read_as_people_type_them(kept: Field, filled: list[Any]) -> None:
    typed = {
        "integer": "1",
        "decimal": "0,07",
        "money": "€ 127,50",
        "percent": "7 %",
        "duration": "0:01:30",
        "rating": "1",
    }
    viewer = Viewer(language="nl")
    if kept.kind in typed:
        given = kept.parse_argument("is", typed[kept.kind], viewer)
        expected = [n for n, value in enumerate(filled) if value == kept.sample(1)]

        assert numbers(kept, kept.where("is", [given])) == expected
