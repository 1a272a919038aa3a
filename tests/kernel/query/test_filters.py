"""Filters on every kind of field in both storages, and on what lies behind references."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.models import Q

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.access.team import Team
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.money import MoneyValue
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import Condition, FilterError, Group
from aperto.kernel.query.print import value
from tests.fakes.models import Gadget
from tests.kernel.query.invented import MODELS, NOW, TEAM, keep, person

ALL = sorted(Gadget.own_fields)
NAUGHTY = [
    "", " ", "\0", "\ud800", "'", '"', "\\", "%", "_", "%%", "' OR 1=1 --", "'; DROP TABLE fakes_gadget; --",
    '") OR ("1"="1', "{{7*7}}", "${x}", "$.custom", "custom->>'x'", "NaN", "Infinity", "-0", "1e999", "٣",
    "½",
    "9" * 400, "x" * 5_000, "\u202e", "🧨" * 50, "null", "None", "true", "[]", "{}", "0x1", "1_000",
    "2026-02-30",
    "0000-00-00", "99999-01-01", "24:61", "+99999y", "-99999y", "+99999h", "+99999m", "now", "this week",
    "me", "my team", "00000000-0000-0000-0000-000000000000", "company:1", "a@b", "(", "NEAR(a b)", "a* OR b",
]  # fmt: skip


def numbers(actor: Actor, object_key: str, filter: Any) -> list[int]:
    page = records.visible(actor, object_key).matching(filter).page(columns=("integer",), sort="integer")
    return [row.values["integer"] for row in page.rows]


@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize("key", ALL)
def test_naughty_arguments_are_answered(db: None, everybody: Actor, object_key: str, key: str) -> None:
    field = registry.get(object_key).fields[key]
    keep(object_key, **{key: field.sample(1) if not field.stored_elsewhere else None})
    for operator in OPERATORS.values():
        count = operator.arity if operator.arity >= 0 else 2
        for text in NAUGHTY if operator.key in field.operators else NAUGHTY[:3]:
            condition = Condition((key,), operator.key, (text,) * count)
            try:
                records.visible(everybody, object_key).matching(Group("or", (condition,), True)).exists()
            except FilterError as error:
                assert error.place == key
                assert str(error.message)


@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize("key", ALL)
def test_each_operator_and_its_opposite_share_the_rows(
    db: None, everybody: Actor, object_key: str, key: str
) -> None:
    field = registry.get(object_key).fields[key]
    if field.stored_elsewhere:
        pytest.skip("links stand elsewhere")
    for number in range(4):
        keep(object_key, integer=number, **({key: field.sample(number)} if key != "integer" else {}))
    keep(object_key, integer=4, **({key: None} if key != "integer" else {}))
    for operator in field.operators:
        asked = Condition((key,), operator, argument(field, operator))
        found = numbers(everybody, object_key, asked)
        others = numbers(everybody, object_key, Group("and", (asked,), True))
        assert sorted(found + others) == [0, 1, 2, 3, 4]
    if key != "integer" and "empty" in field.operators:
        assert numbers(everybody, object_key, f"{key} is empty")[-1:] == [4]


def argument(field: Field, operator: str) -> tuple[str, ...]:
    """The first sample as a person or a file would write it."""
    count = abs(OPERATORS[operator].arity)
    sample = field.sample(0)
    text = str(sample.id) if isinstance(sample, Ref) else field.export(sample)
    return (text.split(";")[0].split(" (")[0],) * count


@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize(
    ("text", "found"),
    {
        "text = alpha": [1], "text = ÁLPHA": [1], "text ~ lph": [1], "text ^ be": [2], "text !~ a": [3],
        "text in (alpha, beta)": [1, 2], "text not in (alpha)": [2, 3], "text != alpha": [2, 3],
        "text is empty": [3], "text is filled": [1, 2], 'text ~ "%"': [], 'text ~ "_"': [],
        "integer > 1": [2, 3], "integer between 1 and 2": [1, 2], "integer != 2": [1, 3],
        "decimal = 1.5": [1], "decimal > 1": [1, 2], "not (decimal > 1)": [3],
        "money >= 100": [2], "money = 50": [1], "date = 2026-03-18": [1], "date = today": [1],
        "date > today": [2], "date = this month": [1], "date <= this week": [1], "date = next month": [2],
        "date between yesterday and +40d": [1, 2], "date != today": [2, 3], "date < +1w": [1],
        "datetime = today": [1], "datetime > -1h": [1, 2], "datetime <= now": [1], "datetime > today": [2],
        "datetime = 2026-03-18": [1], "datetime between today and today": [1],
        "select = red": [1], 'select = "Blue, bright"': [2],
        "select in (red, blue)": [1, 2], "select != red": [2, 3], "boolean = yes": [1],
        "boolean = false": [2, 3],
        "emails ~ alpha@": [1], "emails = beta@example.com": [2], "multi_select has all (red, blue)": [2],
        "multi_select in (red)": [1, 2], "rating >= 3": [2],
        "(text = alpha or text = beta) and integer > 1": [2], "not (text = alpha or text = beta)": [3],
        "not (text = alpha and integer = 1) and integer < 3": [2],
    }.items(),
)  # fmt: skip
def test_conditions_find_the_rows(
    db: None, everybody: Actor, object_key: str, text: str, found: list[int]
) -> None:
    with time_machine.travel(NOW, tick=False):
        three(object_key)

        assert numbers(everybody, object_key, text) == found


def three(object_key: str) -> None:
    """Two records with values and one without."""
    moments = (NOW - timedelta(minutes=30), NOW + timedelta(days=30))
    for number in (1, 2):
        name = ("alpha", "beta")[number - 1]
        keep(
            object_key, integer=number, text=name.capitalize(), decimal=Decimal(number) + Decimal("0.5"),
            money=MoneyValue(Decimal(number * 50), "EUR", Decimal(number * 50)),
            date=moments[number - 1].date(),
            datetime=moments[number - 1], select=("red", "blue")[number - 1], boolean=number == 1,
            emails=registry.get(object_key).fields["emails"].clean([f"{name}@example.com"]),
            multi_select=["red", "blue"][:number], rating=number + 1,
        )  # fmt: skip
    keep(object_key, integer=3, boolean=False)


def test_days_are_those_of_the_viewer(db: None) -> None:
    keep("gadget", integer=1, datetime=datetime(2026, 3, 17, 23, 30, tzinfo=UTC))  # the 18th in Amsterdam
    amsterdam = person("all")

    with time_machine.travel(NOW, tick=False):
        assert numbers(amsterdam, "gadget", "datetime = today") == [1]
        assert numbers(amsterdam, "gadget", "datetime = 2026-03-17") == []
        assert numbers(amsterdam, "gadget", 'datetime < "2026-03-18"') == []


@pytest.mark.parametrize("object_key", MODELS)
def test_references_are_met_by_key_by_title_and_behind(db: None, everybody: Actor, object_key: str) -> None:
    acme = keep("gadget", text="Ácme Trading", integer=7, date=date(2026, 1, 1))
    top = keep("gadget", text="Top", integer=8, parent=Ref("gadget", acme.pk))
    keep(object_key, text="x", integer=1, parent=Ref("gadget", acme.pk))
    keep(object_key, text="y", integer=2, parent=Ref("gadget", top.pk))
    keep(object_key, text="z", integer=3)

    def found(text: str) -> list[int]:
        return numbers(everybody, object_key, f"integer < 4 and {text}")

    assert found('parent = "acme trading"') == [1]
    assert found(f"parent = {acme.pk}") == found(f"parent = gadget:{acme.pk}") == [1]
    assert found("parent ~ acme") == found("parent.integer = 7") == [1]
    assert found("parent.parent.integer = 7") == found('parent.parent = "Ácme Trading"') == [2]
    assert found("parent != acme trading") == found("not (parent = acme trading)") == [2, 3]
    assert found("parent not in (acme trading, top)") == found("parent is empty") == [3]
    assert found("parent is filled") == [1, 2]
    for wrong in (
        "parent = nobody",
        "parent > 3",
        "parent.parent.parent.parent.integer = 1",
        "integer.x = 1",
    ):
        with pytest.raises(FilterError):
            found(wrong)


def test_users_and_teams_are_met_by_name_and_as_me(db: None) -> None:
    jan, eva = (User.objects.create_user(f"{name}@example.com", name=name) for name in ("Jan", "Eva"))
    west = Team.objects.create(title="West", title_folded="west")
    actor = Actor(
        "user", user_id=jan.pk, team_ids=(TEAM,), mates=frozenset([jan.pk, eva.pk]),
        grants=({"*": {"read": "all"}},),
    )  # fmt: skip
    keep("gadget", integer=1, owner=jan.pk, team=TEAM)
    keep("gadget", integer=2, owner=eva.pk, team=west.pk)
    keep("gadget", integer=3)

    for text, expected in {
        "owner = me": [1], "owner != me": [2, 3], "owner in (me, Eva)": [1, 2], "owner = my team": [1, 2],
        "owner = EVA@example.com": [2], "owner.name ~ ja": [1], "owner.active = true": [1, 2],
        "owner.active = false": [], "team = my team": [1], "team = West": [2],
        "team = my team or owner = eva": [1, 2],
        "owner ~ ev": [2], "owner is empty": [3],
    }.items():  # fmt: skip
        assert numbers(actor, "gadget", text) == expected, text
    for wrong in (
        "owner.password ~ a",
        "owner.stamp = 1",
        "owner.roles.name = x",
        "owner > 1",
        "owner = Nobody",
    ):
        with pytest.raises(FilterError):
            numbers(actor, "gadget", wrong)


@pytest.mark.parametrize(
    ("text", "place"),
    {
        "nonsense = 1": "nonsense", "integer ~ 1": "integer", "integer = many": "integer",
        "date = soon": "date",
        "select = pink": "select", "parent.nonsense = 1": "parent.nonsense", "custom = 1": "custom",
        "pk = 1": "pk",
        "id = 1": "id", "text_folded = x": "text_folded", 'text = ""': "text", "json = 1": "json",
        "reference.city = x": "reference.city",
    }.items(),
)  # fmt: skip
def test_errors_name_the_place(db: None, everybody: Actor, text: str, place: str) -> None:
    with pytest.raises(FilterError) as caught:
        records.visible(everybody, "gadget").matching(text)

    assert caught.value.place == place


def test_narrowed_and_walked_filters_find_the_same(
    db: None, everybody: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, text in enumerate(
        ["Jansen", "Janssen", "de Jan", "Hanjan", "Piet", "ja nsen", "J%n", "j_an"]
    ):
        keep("gadget", integer=number, text=text)
    texts = ["text ~ jan", "text ~ JAN and integer > 0", "text ^ jan", "text = jansen", 'text ~ "j%n"',
             'text ~ "j_a"', "title ~ jan", "text ~ jan and text ~ sen",
             "text ~ jan or integer = 4"]  # fmt: skip

    for text in texts:
        narrowed = numbers(everybody, "gadget", text)
        with monkeypatch.context() as patch:
            patch.setattr("aperto.kernel.query.source.narrowing", lambda *_arguments: Q())
            assert numbers(everybody, "gadget", text) == narrowed
        assert records.visible(everybody, "gadget").matching(text).count().number == len(narrowed)


def test_values_are_quoted_when_needed() -> None:
    assert [value(text) for text in ("red", "van dijk", "Blue, bright", "and", "me")] == [
        "red", "van dijk", '"Blue, bright"', '"and"', "me",
    ]  # fmt: skip
