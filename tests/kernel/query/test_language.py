"""The typed language: text, tree, JSON and URL say the same, and wrong text is answered kindly."""

import contextlib
import random
import string
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query import json as filter_json
from aperto.kernel.query.ast import Condition, Filter, FilterError, Group, everywhere
from aperto.kernel.query.parse import parse
from aperto.kernel.query.print import normal, write
from aperto.kernel.query.url import from_url, to_url

SENTENCES = {
    "amount >= 10000": Condition(("amount",), "ge", ("10000",)),
    "stage.kind = open": Condition(("stage", "kind"), "is", ("open",)),
    "owner = my team": Condition(("owner",), "is", ("my team",)),
    'name ~ "van dijk"': Condition(("name",), "contains", ("van dijk",)),
    "name ~ van dijk": Condition(("name",), "contains", ("van dijk",)),
    "name ~ 'van dijk'": Condition(("name",), "contains", ("van dijk",)),
    "name ~ “van dijk”": Condition(("name",), "contains", ("van dijk",)),
    "close_date < +30d": Condition(("close_date",), "lt", ("+30d",)),
    "source in (web, fair)": Condition(("source",), "any_of", ("web", "fair")),
    "source not in (web)": Condition(("source",), "none_of", ("web",)),
    "tags has all (a, b)": Condition(("tags",), "all_of", ("a", "b")),
    "phone is empty": Condition(("phone",), "empty"),
    "phone is not empty": Condition(("phone",), "filled"),
    "phone is not filled": Condition(("phone",), "empty"),
    "stage is open": Condition(("stage",), "is", ("open",)),
    "stage is not open": Condition(("stage",), "is_not", ("open",)),
    "name starts with J": Condition(("name",), "starts_with", ("J",)),
    "name not contains x": Condition(("name",), "not_contains", ("x",)),
    "a between 1 and 2 and b = 3": Group(
        "and", (Condition(("a",), "between", ("1", "2")), Condition(("b",), "is", ("3",)))
    ),
    "a=1 or b=2 and c=3": Group(
        "or",
        (
            Condition(("a",), "is", ("1",)),
            Group("and", (Condition(("b",), "is", ("2",)), Condition(("c",), "is", ("3",)))),
        ),
    ),
    "NOT (a = 1 OR b = 2)": Group(
        "or", (Condition(("a",), "is", ("1",)), Condition(("b",), "is", ("2",))), negated=True
    ),
    'a = "say \\"hi\\" \\\\"': Condition(("a",), "is", ('say "hi" \\',)),
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_understood(text: str) -> None:
    assert parse(text) == SENTENCES[text]


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_blank_is_no_filter(text: str) -> None:
    assert parse(text) is None
    assert write(None) == to_url(None) == ""


WRONG = {
    "amount": 6,
    "amount >=": 9,
    "= 3": 0,
    "amount ?? 3": 7,
    "amount = 3 owner = me": 17,
    "(amount = 3": 11,
    "amount = 3)": 10,
    "source in web": 10,
    "source in ()": 11,
    "source in (a,)": 13,
    'name ~ "van': 7,
    "a between 1": 11,
    "a between 1 or 2": 12,
    "and a = 1": 0,
    "a = 1 and": 9,
    "not": 3,
    "a..b = 1": 0,
    "naïve = 1": 0,
    "a = or": 4,
    "a not = 3": 2,
}


@pytest.mark.parametrize("text", WRONG)
def test_errors_say_where(text: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(text)

    assert caught.value.position == WRONG[text]
    assert str(caught.value)


paths = st.lists(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
        lambda word: word not in {"and", "or", "not", "in", "is", "between"}
    ),
    min_size=1,
    max_size=3,
).map(tuple)
values = st.one_of(
    st.text(max_size=20), st.sampled_from(["me", "my team", "+30d", "O'Brien", 'a"b', "and", ""])
)


@st.composite
def conditions(draw: Any) -> Condition:
    operator = draw(st.sampled_from(sorted(OPERATORS)))
    arity = OPERATORS[operator].arity
    most = 3 if arity < 0 else arity
    arguments = draw(st.lists(values, min_size=1 if arity < 0 else arity, max_size=most))
    return Condition(draw(paths), operator, tuple(arguments))


filters: st.SearchStrategy[Filter] = st.recursive(
    conditions(),
    lambda inner: st.builds(
        Group,
        st.sampled_from(["and", "or"]),
        st.lists(inner, min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(filters)
def test_text_says_the_same_as_the_tree(item: Filter) -> None:
    assert parse(write(item)) == normal(item)
    assert parse(write(normal(item))) == normal(item)


@settings(max_examples=200, deadline=None)
@given(filters)
def test_json_and_url_say_the_same_as_the_tree(item: Filter) -> None:
    assert filter_json.from_json(filter_json.to_json(item)) == normal(item)
    assert from_url(QueryDict(to_url(item))) == normal(item)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_filter_or_an_error(text: str) -> None:
    try:
        parse(text)
    except FilterError as error:
        assert error.position is None or 0 <= error.position <= len(text)


def test_ten_thousand_mutilated_filters_are_answered() -> None:
    pick = random.Random(4)
    for _round in range(10_000):
        text = list(pick.choice(list(SENTENCES)) + " and " + pick.choice(list(SENTENCES)))
        for _change in range(pick.randint(1, 4)):
            text[pick.randrange(len(text))] = pick.choice(string.printable + "“”é\0")
        try:
            found = parse("".join(text))
        except FilterError:
            continue
        assert found is None or parse(write(found)) == found


@pytest.mark.parametrize(
    "text",
    ["(" * 5_000, "not " * 2_000 + "a = 1", "a = 1 and " * 800, "a = 1" + " or a = 1" * 300, "x" * 8_001,
     "a in (" + "b," * 700 + "b)", '"' * 7_999, "a = " + "b " * 3_000],
)  # fmt: skip
def test_huge_filters_are_refused_or_read(text: str) -> None:
    with contextlib.suppress(FilterError):
        parse(text)


@pytest.mark.parametrize(
    "raw",
    [
        1, "a = 1", [], {"field": "a"}, {"field": "a", "operator": "like", "values": ["x"]},
        {"field": "a", "operator": "is", "values": []}, {"field": "a", "operator": "is", "values": [None]},
        {"field": "a", "operator": "is", "values": [{}]}, {"field": "a b", "operator": "empty", "values": []},
        {"field": "", "operator": "empty", "values": []}, {"field": "a", "operator": "any_of", "values": []},
        {"join": "xor", "items": []}, {"join": "and", "items": 3}, {"join": "and", "items": [1]},
        {"field": "a", "operator": ["is"], "values": ["x"]}, {"field": "a", "operator": "is", "values": "x"},
        {"field": "a" * 9_000, "operator": "empty"}, {"field": "a", "operator": "is", "values": [1e400]},
    ],
)  # fmt: skip
def test_other_json_is_refused(raw: Any) -> None:
    with pytest.raises(FilterError):
        filter_json.from_json(raw)


def test_deep_json_is_refused() -> None:
    deep: dict[str, Any] = {"field": "a", "operator": "empty"}
    for _level in range(200):
        deep = {"join": "and", "items": [deep]}

    with pytest.raises(FilterError):
        filter_json.from_json(deep)


def test_json_numbers_become_unmistakable_text() -> None:
    raw = {"field": "a", "operator": "any_of", "values": [1, 1.5, 1.125, 1e-7, True, "x"]}

    found = filter_json.from_json(raw)

    assert found == Condition(("a",), "any_of", ("1", "1.5", "1.1250", "0.0000001", "true", "x"))


def test_everywhere_gives_what_all_matches_fulfil() -> None:
    found = parse("a = 1 and (b = 2 or c = 3) and not (d = 4) and (e = 5 and f = 6)")

    assert found is not None
    assert [condition.path[0] for condition in everywhere(found)] == ["a", "e", "f"]
