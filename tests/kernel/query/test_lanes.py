"""Sums and first rows of lanes: each row once, however the engine is led to it, and none beyond the right."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.ids import uuid7
from aperto.kernel.query.lane_heads import lane_heads
from tests.kernel.query.invented import OTHER_TEAM, TEAM, keep_all, person

LANES = ("red", "blue", "green")


def of_others_too(me: Actor) -> None:
    """Red is one's own and the team's, both at once too; the rest of each lane is hidden from the team."""
    places = [(me.user_id, TEAM), (me.user_id, OTHER_TEAM), (me.user_id, None), (uuid7(), TEAM)]
    hidden = [(uuid7(), None), (None, OTHER_TEAM)]
    rows = [*(("red", *place) for place in [*places, *hidden]), ("blue", uuid7(), TEAM)]
    keep_all(
        "gadget",
        [
            {"select": lane, "owner": owner, "team": team, "integer": 2**n}
            for n, (lane, owner, team) in enumerate(rows)
        ],
    )


def test_lanes_of_own_and_team_add_up_each_row_once(db: None) -> None:
    me = person("team")
    of_others_too(me)

    found = records.visible(me, "gadget").lanes("select", [("integer", "sum"), ("decimal", "filled")])

    assert {key: (lane.count, lane.totals["integer", "sum"]) for key, lane in found.items()} == {
        "red": (4, 15), "blue": (1, 64),
    }  # fmt: skip
    assert found["red"].totals["decimal", "filled"] == 0


@pytest.mark.parametrize(
    ("filter", "wanted", "expected"),
    [("", ("integer", "mean"), 15 / 4), ("owner = me", ("integer", "sum"), 7)],
)
def test_what_does_not_add_up_in_parts_is_read_whole(
    db: None, filter: str, wanted: tuple[str, str], expected: float
) -> None:
    me = person("team")
    of_others_too(me)

    found = records.visible(me, "gadget").matching(filter).lanes("select", [wanted])

    assert found["red"].totals[wanted] == expected


def test_sums_of_another_actor_are_never_those_of_the_first(db: None) -> None:
    """Both ask by the same statement, which is kept."""
    me, somebody = person("team"), person("own")
    of_others_too(me)

    first = records.visible(me, "gadget").aggregate([("integer", "sum")])
    second = records.visible(somebody, "gadget").aggregate([("integer", "sum")])

    assert first == {("integer", "sum"): 79}
    assert second == {("integer", "sum"): None}


def titles(actor: Actor, values: Sequence[Any], limit: int) -> dict[Any, list[Any]]:
    source = records.visible(actor, "gadget").source
    heads = lane_heads(source, "select", values, ["integer"], limit)
    return {value: [row.values["integer"] for row in page.rows] for value, page in heads.items()}


def test_first_rows_are_cut_by_access(db: None) -> None:
    me = person("team")
    of_others_too(me)

    found = titles(me, LANES, 10)

    assert {value: sorted(numbers) for value, numbers in found.items()} == {
        "red": [1, 2, 4, 8], "blue": [64], "green": [],
    }  # fmt: skip
    assert titles(person("none"), LANES, 10) == {value: [] for value in LANES}
    assert titles(me, [], 10) == {}


def test_first_rows_are_those_of_a_page_and_go_on_in_it(db: None, everybody: Actor) -> None:
    keep_all("gadget", [{"select": LANES[n % 2], "integer": n} for n in range(10)])
    selection = records.visible(everybody, "gadget").matching("select = red")

    with CaptureQueriesContext(connection) as captured:
        head = lane_heads(selection.source, "select", ["red"], ["integer"], 3)["red"]
    whole = selection.page(columns=["integer"], sort="-updated_at", limit=5)
    rest = selection.page(columns=["integer"], sort="-updated_at", after=head.next, limit=2)

    assert [*head.rows, *rest.rows] == whole.rows
    assert rest.next is None
    assert len(captured) == 1
