"""Counts and totals: exact while that is cheap, then estimates that say so."""

from decimal import Decimal

import pytest
from django.db import connection

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.query import counting
from aperto.kernel.query.counting import Count
from tests.fakes.models import Gadget
from tests.kernel.query.invented import MODELS, NOW, OTHER_TEAM, TEAM, keep, keep_all, person


def test_count_is_exact_when_small(db: None, everybody: Actor) -> None:
    keep_all("gadget", [{"integer": number % 3} for number in range(30)])

    assert records.visible(everybody, "gadget").count() == Count(30, exact=True)
    assert records.visible(everybody, "gadget").matching("integer = 1").count() == Count(10, exact=True)


def test_count_of_own_and_team_counts_each_once(db: None) -> None:
    me = person("team")
    places = [
        (me.user_id, TEAM),
        (me.user_id, OTHER_TEAM),
        (me.user_id, None),
        (uuid7(), TEAM),
        (uuid7(), None),
    ]
    keep_all("gadget", [{"owner": owner, "team": team} for owner, team in places])

    assert records.visible(me, "gadget").count() == Count(4, exact=True)


@pytest.mark.parametrize("scope", ["all", "team"])
def test_large_counts_are_estimates(db: None, monkeypatch: pytest.MonkeyPatch, scope: str) -> None:
    monkeypatch.setattr(counting, "EXACT", 100)
    monkeypatch.setattr(counting, "EXACT_IN_INDEX", 100)
    Gadget.objects.bulk_create(
        [Gadget(version=1, integer=number, updated_at=NOW, team=TEAM) for number in range(1_000)]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    for text, truth in {"": 1_000, "integer < 500": 500}.items():
        found = records.visible(person(scope), "gadget").matching(text).count()
        assert not found.exact
        assert truth * 0.7 < found.number < truth * 1.3


@pytest.mark.parametrize("object_key", MODELS)
def test_totals(db: None, everybody: Actor, object_key: str) -> None:
    keep_all(object_key, [{"integer": 1, "decimal": Decimal("1.5")}, {"integer": 3}, {"text": "x"}])
    wanted = [("integer", "sum"), ("integer", "max"), ("decimal", "filled"), ("text", "empty")]

    found = records.visible(everybody, object_key).aggregate(wanted)

    assert found == {
        ("integer", "sum"): 4,
        ("integer", "max"): 3,
        ("decimal", "filled"): 1,
        ("text", "empty"): 2,
    }
    assert records.visible(everybody, object_key).aggregate([]) == {}


@pytest.mark.parametrize("object_key", MODELS)
def test_lanes(db: None, everybody: Actor, object_key: str) -> None:
    parent = keep("gadget", text="Parent", integer=100, select="grey")
    rows = [("red", 1, True), ("red", 2, True), ("blue", 4, False), (None, 8, False)]
    keep_all(
        object_key,
        [{"select": key, "integer": number, "parent": Ref("gadget", parent.pk) if under else None}
         for key, number, under in rows],
    )  # fmt: skip
    selection = records.visible(everybody, object_key).matching("integer < 100")

    lanes = selection.lanes("select", [("integer", "sum")])
    under = selection.lanes("parent")

    assert {key: (lane.count, lane.totals["integer", "sum"]) for key, lane in lanes.items()} == {
        "red": (2, 3), "blue": (1, 4), None: (1, 8),
    }  # fmt: skip
    assert {key: lane.count for key, lane in under.items()} == {parent.pk: 2, None: 2}


@pytest.mark.parametrize(
    "wanted", [("nonsense", "sum"), ("text", "sum"), ("integer", "nonsense"), ("multi_reference", "filled")]
)
def test_other_totals_are_refused(db: None, everybody: Actor, wanted: tuple[str, str]) -> None:
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").aggregate([wanted])
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").lanes("select", [wanted])


@pytest.mark.parametrize("by", ["nonsense", "multi_reference"])
def test_other_lanes_are_refused(db: None, everybody: Actor, by: str) -> None:
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").lanes(by)
