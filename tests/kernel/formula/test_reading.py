"""A formula field reads like any other: in lists, filters, sorts and sums, and within the reader's rights."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields import MoneyValue, Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import printed
from aperto.kernel.query.readable import readable
from tests.kernel.formula.subjects import EVERYBODY, added, formula, store
from tests.kernel.query import invented

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("key", ["gadget", "gizmo"])


@pytest.fixture
def formulas() -> Iterator[None]:
    """The same formulas on both objects."""
    texts = {
        "double": "integer * 2",
        "half": "integer / 2",
        "shout": 'upper(text) & "!"',
        "soon": "add_days(date, 7)",
        "big": "integer > 2",
        "behind": "parent.integer + integer",
        "worth": "money * 2",
        "who": "parent.text",
    }
    each = [{key: formula(text) for key, text in texts.items()} for _object in range(2)]
    with added(gadget=each[0], gizmo=each[1]):
        yield


def page(key: str, columns: Sequence[str], actor: Actor = EVERYBODY, **options: Any) -> list[list[Any]]:
    found = records.visible(actor, key).matching("integer is filled").page(columns=columns, **options)
    return [[row.values[column] for column in columns] for row in found.rows]


@BOTH
def test_formula_sorts_page_by_page(key: str, formulas: None) -> None:
    for number in (3, 1, 2):
        store(key, integer=number)

    found, after = [], None
    while True:
        one = records.visible(EVERYBODY, key).page(columns=["double"], sort="-double", limit=1, after=after)
        found += [row.values["double"] for row in one.rows]
        after = one.next
        if after is None:
            break

    assert found == [6, 4, 2]


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("double = 4", [2]),
        ("half between 1 and 1.5", [2, 3]),
        ("double is empty", []),
        ("shout ~ erik", [3]),
        ("shout = 'érika!'", [3]),
        ("soon = 2026-01-08", [1]),
        ("soon in (2026-01-08)", None),
        ("big = true", [3]),
        ("big = false", [1, 2]),
        ("worth > 3", [2, 3]),
        ("not (double = 4)", [1, 3]),
    ],
)
def test_formula_filters(key: str, formulas: None, text: str, expected: list[int] | None) -> None:
    from datetime import date

    for number, name in ((1, "Jan"), (2, "Piet"), (3, "Érika")):
        money = MoneyValue(Decimal(number), "EUR", Decimal(number))
        store(key, integer=number, text=name, date=date(2026, 1, number), money=money)

    if expected is None:
        with pytest.raises(FieldError):
            records.visible(EVERYBODY, key).matching(text)
        return
    found = records.visible(EVERYBODY, key).matching(text).page(columns=["integer"], sort="integer")
    assert [row.values["integer"] for row in found.rows] == expected


@BOTH
def test_formula_adds_up_and_groups(key: str, formulas: None) -> None:
    for number in (1, 2, 3):
        store(key, integer=number)
    rows = records.visible(EVERYBODY, key)

    assert rows.aggregate([("double", "sum"), ("half", "mean")]) == {
        ("double", "sum"): 12,
        ("half", "mean"): Decimal("1.00"),
    }
    assert {lane: found.count for lane, found in rows.lanes("big").items()} == {False: 2, True: 1}


@BOTH
def test_one_query_for_each_reference_whatever_the_rows(key: str, formulas: None) -> None:
    parents = [store("gadget", text=str(number)) for number in range(5)]
    counts = []
    for number in (1, 5):
        for parent in parents[:number]:
            store(key, integer=1, parent=Ref("gadget", parent.pk))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(key, ["who", "behind", "double"])
        counts.append(len(queries))

    assert counts[0] == counts[1]


@BOTH
def test_api_page_asks_once_for_each_reference(key: str, formulas: None) -> None:
    for number in range(4):
        parent = store("gadget", text=f"Parent {number}", integer=None)
        store(key, integer=1, parent=Ref("gadget", parent.pk))
    source = records.visible(EVERYBODY, key).matching("integer is filled").source
    printed.page(source, ["who"], [], "", None, 50)  # the statement is made

    with CaptureQueriesContext(connection) as queries:
        found = printed.page(source, ["who"], [], "", None, 50)

    assert sorted(row["who"] for row in found.data) == [f"Parent {number}" for number in range(4)]
    assert len(queries) == 2


@BOTH
def test_formula_without_fields_has_a_value_for_each_row(key: str) -> None:
    for _number in range(2):
        store(key, integer=1)
    with added(**{key: {"constant": formula("1 + 1")}}):
        source = records.visible(EVERYBODY, key).source

        assert page(key, ["constant"]) == [[2], [2]]
        assert [row["constant"] for row in printed.page(source, ["constant"], [], "", None, 50).data] == [
            2,
            2,
        ]


# -- rights ------------------------------------------------------------------------------------------


@BOTH
def test_step_to_a_hidden_record_is_empty(key: str, formulas: None) -> None:
    me = uuid7()
    hidden, seen = (
        store("gadget", text="Canary", integer=50),
        store("gadget", text="Mine", integer=7, owner=me),
    )
    for parent in (hidden, seen):
        store(key, integer=1, parent=Ref("gadget", parent.pk), owner=me)
    actor = invented.person("own", user=me)

    for sort in ("who", "-behind", ""):
        shown = [row for row in page(key, ["who", "behind"], actor, sort=sort) if row != [None, None]]
        assert shown == [["Mine", 8]]
    rows = records.visible(actor, key)
    assert rows.matching("who = canary").count().number == 0
    assert rows.matching("behind > 20").count().number == 0
    assert rows.matching("integer = 1").aggregate([("behind", "max")]) == {("behind", "max"): 8}


@BOTH
def test_sort_is_not_kept_for_the_next_reader(key: str, formulas: None) -> None:
    parents = [store("gadget", text=name, owner=uuid7()) for name in ("A", "B")]
    for parent in parents:
        store(key, integer=1, parent=Ref("gadget", parent.pk))
    readers = [
        Actor("user", user_id=parent.owner, grants=({"gadget": {"read": "own"}, "gizmo": {"read": "all"}},))
        for parent in parents
    ]
    if key == "gadget":
        return  # a reader of their own gadgets sees none of those that point at them

    assert [page(key, ["who"], reader, sort="who") for reader in readers] == [
        [["A"], [None]],
        [["B"], [None]],
    ]


@BOTH
@pytest.mark.parametrize("hidden", ["integer", "double"])
def test_formula_of_a_hidden_field_is_empty(key: str, formulas: None, hidden: str) -> None:
    store(key, integer=21, text="Row")
    reader = invented.person("all")
    blind = Actor("user", user_id=uuid7(), grants=reader.grants, field_rights=({key: {hidden: "hidden"}},))

    with added(**{key: {"more": formula("double + 0")}}):
        known = readable(blind, registry.get(key))
        rows = records.visible(blind, key)

        assert hidden not in known
        shown = rows.page(columns=["more"], sort="more").rows
        assert [row.values["more"] for row in shown] == [None]
        assert rows.matching("more > 0").count().number == 0
        assert records.visible(reader, key).matching("more = 42").count().number == 1


def test_declared_formula_shows_nothing_by_itself() -> None:
    with added(gadget={"f": formula("integer")}):
        assert registry.get("gadget").fields["f"].get(store("gadget", integer=4)) is None
