"""Groups: their totals on both engines, in columns and in JSON; the pages of a group hold just that group."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref
from aperto.kernel.query import grouping as grouped
from aperto.kernel.query.crossing import condition_of
from aperto.kernel.query.grouping import grouping_of, value_of, written
from tests.kernel.query.invented import MODELS, keep, keep_all, person

MOMENTS = (
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),  # the 29th in Amsterdam, before the clock is put on
    datetime(2026, 3, 31, 21, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 3, 31, 22, tzinfo=UTC),  # April in Amsterdam
    datetime(2025, 12, 31, 23, tzinfo=UTC),  # 2026 in Amsterdam
    datetime(1971, 6, 1, 12, tzinfo=UTC),
)
DAYS = (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 28), date(2027, 1, 3))


def groups_of(actor: Actor, object_key: str, text: str, *wanted: tuple[str, str]) -> dict[str, Any]:
    """Of each group its number and totals; its own pages must hold as many."""
    selection = records.visible(actor, object_key)
    grouping = grouping_of(text, selection.declaration, actor)
    made = {}
    for group in selection.groups(grouping, wanted).groups:
        key = written(group.value)
        inside = selection.in_group(grouping, value_of(grouping, key)).page(limit=2)
        assert len(inside.rows) == min(group.count, 2) and (inside.next is None) is (group.count <= 2)
        made[key] = (group.count, *group.totals.values()) if wanted else group.count
    return made


@pytest.mark.parametrize("object_key", MODELS)
def test_groups_of_choices_have_totals(db: None, everybody: Actor, object_key: str) -> None:
    rows = [("red", 1), ("red", 2), ("red", 6), ("blue", 4), (None, 8)]
    keep_all(
        object_key, [{"select": key, "integer": number, "boolean": key == "blue"} for key, number in rows]
    )
    wanted = [("integer", name) for name in ("sum", "mean", "median", "min", "max", "distinct")]

    found = groups_of(everybody, object_key, "select", *wanted)

    assert found["red"] == (3, 9, 3, 2, 1, 6, 3)
    assert found["blue"] == (1, 4, 4, 4, 4, 4, 1)
    assert list(found)[-1] == ""
    assert groups_of(everybody, object_key, "boolean") == {"true": 1, "false": 4}


@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize(
    ("unit", "days", "moments"),
    [
        ("day", ["2026-01-01", "2026-03-31", "2026-04-01", "2026-12-28", "2027-01-03"],
         ["1971-06-01", "2026-01-01", "2026-03-29", "2026-03-31", "2026-04-01"]),
        ("week", ["2025-12-29", "2026-03-30", "2026-12-28"],
         ["1971-05-31", "2025-12-29", "2026-03-23", "2026-03-30"]),
        ("month", ["2026-01-01", "2026-03-01", "2026-04-01", "2026-12-01", "2027-01-01"],
         ["1971-06-01", "2026-01-01", "2026-03-01", "2026-04-01"]),
        ("quarter", ["2026-01-01", "2026-04-01", "2026-10-01", "2027-01-01"],
         ["1971-04-01", "2026-01-01", "2026-04-01"]),
        ("year", ["2026-01-01", "2027-01-01"], ["1971-01-01", "2026-01-01"]),
    ],
)  # fmt: skip
def test_periods_follow_the_clock_of_the_reader(
    db: None, everybody: Actor, object_key: str, unit: str, days: list[str], moments: list[str]
) -> None:
    keep_all(object_key, [{"date": day, "datetime": at} for day, at in zip(DAYS, MOMENTS, strict=True)])
    keep(object_key, text="Without")

    assert list(groups_of(everybody, object_key, f"date:{unit}")) == [*days, ""]
    assert list(groups_of(everybody, object_key, f"datetime:{unit}")) == [*moments, ""]
    assert list(groups_of(everybody, object_key, f"-date:{unit}")) == [*reversed(days), ""]


@pytest.mark.parametrize("object_key", MODELS)
def test_references_are_groups_with_titles_of_what_one_may_see(
    db: None, everybody: Actor, object_key: str
) -> None:
    parent = keep("gadget", text="Parent")
    keep_all(object_key, [{"parent": Ref("gadget", parent.pk)}, {"parent": Ref("gadget", parent.pk)}, {}])
    selection = records.visible(everybody, object_key)
    grouping = grouping_of("parent", selection.declaration, everybody)

    [first, last] = selection.groups(grouping).groups

    assert (first.value.title, first.count, last.value) == ("Parent", 2, None)
    assert groups_of(everybody, object_key, "parent")[str(parent.pk)] == 2


def test_groups_are_cut_by_access_and_paged(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    me = person("team")
    keep_all("gadget", [{"date": date(2026, 1, day), "team": me.team_ids[0]} for day in range(1, 6)])
    keep("gadget", date=date(2026, 2, 1))
    monkeypatch.setattr("aperto.kernel.query.aggregates.MOST_LANES", 2)
    monkeypatch.setattr(grouped, "MOST_LANES", 2)
    selection = records.visible(me, "gadget")
    grouping = grouping_of("date:day", selection.declaration, me)

    pages, start = [], 0
    while start is not None:
        page = selection.groups(grouping, start=start)
        pages.append([group.value.day for group in page.groups])
        start = page.next  # type: ignore[assignment]

    assert pages == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize("text", ["nonsense", "text", "multi_reference", "date:hour", "select:day", "money"])
def test_other_groupings_are_refused(db: None, everybody: Actor, text: str) -> None:
    with pytest.raises(FieldError):
        grouping_of(text, records.visible(everybody, "gadget").declaration, everybody)


@pytest.mark.parametrize("object_key", MODELS)
def test_the_median_of_an_even_number_is_exact(db: None, everybody: Actor, object_key: str) -> None:
    keep_all(object_key, [{"decimal": Decimal(text)} for text in ("1.10", "9.99", "3.30", "2.20")])
    wanted = [("decimal", "median"), ("integer", "median")]

    found = records.visible(everybody, object_key).aggregate(wanted)

    assert found == {("decimal", "median"): Decimal("2.75"), ("integer", "median"): None}


@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize("cells", [5_000, 2])
def test_groups_of_two_kinds_add_up_and_are_found_by_their_filters(
    db: None, everybody: Actor, object_key: str, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aperto.kernel.query.crossing.MOST_CELLS", cells)
    rows = [
        ("red", 1, DAYS[0]),
        ("red", 2, DAYS[1]),
        ("blue", 4, DAYS[0]),
        (None, 8, DAYS[1]),
        ("red", 3, None),
    ]
    keep_all(object_key, [{"select": key, "integer": number, "date": day} for key, number, day in rows])
    selection = records.visible(everybody, object_key)
    by, across = (grouping_of(each, selection.declaration, everybody) for each in ("date:week", "select"))
    wanted = [("integer", "sum")]

    found = selection.crossed(by, across, wanted)

    assert [(written(each.value), each.totals[wanted[0]]) for each in found.groups] == [
        ("2025-12-29", 5), ("2026-03-30", 10), ("", 3)
    ]  # fmt: skip
    if cells > 2:
        assert found.cells["2025-12-29", "blue"].count == 1
        assert {written(each.value): each.count for each in found.across} == {"blue": 1, "red": 3, "": 1}
    for grouping, groups in ((by, found.groups), (across, found.across)):
        for each in groups:
            behind = selection.matching(condition_of(grouping, each.value)).count().number
            assert behind == each.count or cells == 2


def test_only_sums_are_added_up_over_two_kinds_of_groups(db: None, everybody: Actor) -> None:
    selection = records.visible(everybody, "gadget")
    by = grouping_of("select", selection.declaration, everybody)

    with pytest.raises(FieldError):
        selection.crossed(by, by, [("integer", "mean")])
