"""Series of tasks and meetings: what is written ahead, what a change reaches, and one undo for each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.draft import Draft
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.record import Record
from aperto.kernel.recurrence import reach
from aperto.kernel.recurrence.models import Series
from aperto.kernel.recurrence.nightly import extend_all
from aperto.kernel.recurrence.reach import Reach
from tests.company import Staff
from tests.snapshot import unchanged

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # ten o'clock in Amsterdam
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        yield


def weekly(actor: Actor, rule: str = "FREQ=WEEKLY;COUNT=5", **more: Any) -> Record:
    values = {"subject": "Weekly", "at": MONDAY, "until": MONDAY + timedelta(hours=1), "repeats": rule}
    return changes.create(actor, "meeting", values | more, via="test")


def all_of(actor: Actor) -> list[Any]:
    columns = ["subject", "at", "until", "done", "location", "repeats"]
    return list(records.visible(actor, "meeting").page(columns=columns, sort="at", limit=500).rows)


def days(actor: Actor) -> list[str]:
    return [f"{row.values['at']:%m-%d %H}" for row in all_of(actor)]


def nth(actor: Actor, place: int) -> Record:
    return records.visible(actor, "meeting").get(all_of(actor)[place].id)


WEEKS = ["03-02 09", "03-09 09", "03-16 09", "03-23 09", "03-30 08"]


def test_occurrences_are_records_at_the_same_hour(staff: Staff) -> None:
    weekly(staff.owner, location="Room 1")

    rows = all_of(staff.owner)

    assert days(staff.owner) == WEEKS
    assert {row.values["location"] for row in rows} == {"Room 1"}
    assert {row.values["until"] - row.values["at"] for row in rows} == {timedelta(hours=1)}
    assert len({row.values["repeats"].series for row in rows}) == 1
    assert rows[0].values["repeats"].rule.written == "FREQ=WEEKLY;COUNT=5;BYDAY=MO"


def test_beginning_a_series_is_one_batch_with_one_undo(staff: Staff) -> None:
    record = weekly(staff.owner)
    [batch] = set(Change.objects.filter(object="meeting").values_list("batch", flat=True))
    assert batch is not None

    undone = changes.undo_batch(staff.owner, batch, via="test")

    assert (undone.kept, days(staff.owner)) == (0, [])
    assert Series.objects.get().ended
    assert records.deleted(staff.owner, "meeting").get(record.pk)


def test_series_without_an_end_is_written_to_its_horizon_and_not_above(staff: Staff) -> None:
    weekly(staff.owner, "FREQ=DAILY")

    assert len(all_of(staff.owner)) == 400


@pytest.mark.parametrize(
    "rule", ["FREQ=MINUTELY", "FREQ=DAILY;COUNT=4000", "FREQ=DAILY;UNTIL=20200101", 7, {}]
)
def test_bad_rule_is_refused_by_the_name_of_its_field(staff: Staff, rule: Any) -> None:
    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.create(staff.owner, "task", {"subject": "A", "due": MONDAY, "repeats": rule}, via="test")

    assert list(refusal.value.errors) == ["repeats"]


def test_repeating_without_a_moment_is_refused(staff: Staff) -> None:
    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.create(staff.owner, "task", {"subject": "A", "repeats": "FREQ=DAILY"}, via="test")

    assert list(refusal.value.errors) == ["due"]


def test_foreign_series_cannot_be_entered(staff: Staff) -> None:
    """What comes from an export, or was copied, stands alone: it neither joins a series nor begins one."""
    theirs = weekly(staff.actor("manager")).declares.fields["repeats"].get(nth(staff.admin, 0))
    rule = "FREQ=WEEKLY;COUNT=2;BYDAY=MO"

    for forged in (
        {"rule": rule, "series": str(theirs.series), "planned": MONDAY.isoformat()},
        f"{rule} {theirs.series} {MONDAY.isoformat()}",
    ):
        made = weekly(staff.owner, repeats=forged)
        assert made.declares.fields["repeats"].get(made) is None
    assert len(all_of(staff.admin)) == 7


def test_export_is_read_back(staff: Staff) -> None:
    record = weekly(staff.owner)
    field = record.declares.fields["repeats"]
    value = field.get(nth(staff.owner, 1))

    assert field.clean(field.export(value)) == value
    changed = changes.save(staff.owner, nth(staff.owner, 1), {"repeats": field.export(value)}, via="test")
    assert (changed.change, days(staff.owner)) == (None, WEEKS)


def test_many_series_do_not_begin_at_once(staff: Staff) -> None:
    values = {"subject": "A", "due": MONDAY, "repeats": "FREQ=WEEKLY;COUNT=2"}

    outcomes = changes.save_many(staff.owner, "task", [Draft(values) for _n in range(12)], via="test")

    refused = [each.error for each in outcomes if each.error]
    assert [list(each.errors) for each in refused if isinstance(each, Invalid)] == [["repeats"]] * 2


def test_this_one_changes_alone(staff: Staff) -> None:
    weekly(staff.owner)

    reach.save(staff.owner, nth(staff.owner, 1), {"location": "Room 2"}, Reach.ONE, via="test")

    assert [row.values["location"] for row in all_of(staff.owner)] == [None, "Room 2", None, None, None]


def test_all_keeps_what_was_changed_singly_unless_the_field_is_the_same(staff: Staff) -> None:
    weekly(staff.owner)
    changes.save(staff.owner, nth(staff.owner, 1), {"location": "Room 2", "subject": "Special"}, via="test")
    changes.save(staff.owner, nth(staff.owner, 0), {"done": True}, via="test")

    batch = reach.save(staff.owner, nth(staff.owner, 2), {"location": "Hall"}, Reach.ALL, via="test")

    rows = all_of(staff.owner)
    assert [row.values["location"] for row in rows] == [None, "Hall", "Hall", "Hall", "Hall"]
    assert rows[1].values["subject"] == "Special"
    changes.undo_batch(staff.owner, batch, via="test")
    assert [row.values["location"] for row in all_of(staff.owner)] == [None, "Room 2", None, None, None]


def test_later_moves_this_one_and_those_that_follow(staff: Staff) -> None:
    weekly(staff.owner)
    third = nth(staff.owner, 2)
    moved = {"at": third.at + DAY + timedelta(hours=2), "until": third.until + DAY + timedelta(hours=3)}  # type: ignore[attr-defined]

    batch = reach.save(staff.owner, third, moved, Reach.LATER, via="test")

    assert days(staff.owner) == ["03-02 09", "03-09 09", "03-17 11", "03-24 11", "03-31 10"]
    rows = all_of(staff.owner)
    assert rows[4].values["until"] - rows[4].values["at"] == timedelta(hours=2)
    assert rows[4].values["repeats"].rule.written == "FREQ=WEEKLY;COUNT=3;BYDAY=TU"
    undone = changes.undo_batch(staff.owner, batch, via="test")
    assert (undone.kept, days(staff.owner)) == (0, WEEKS)
    assert sorted(Series.objects.values_list("ended", flat=True)) == [False, True]


def test_all_moves_what_is_to_come_and_keeps_the_past(staff: Staff) -> None:
    weekly(staff.owner)
    changes.save(staff.owner, nth(staff.owner, 0), {"done": True}, via="test")
    changes.save(staff.owner, nth(staff.owner, 3), {"at": MONDAY + 20 * DAY}, via="test")

    with time_machine.travel(datetime(2026, 3, 4, tzinfo=UTC), tick=False):
        third = nth(staff.owner, 2)
        reach.save(staff.owner, third, {"at": third.at + timedelta(hours=5)}, Reach.ALL, via="test")  # type: ignore[attr-defined]

    assert days(staff.owner) == ["03-02 09", "03-09 14", "03-16 14", "03-23 14", "03-30 13"]


def test_another_rule_for_later_ones_replaces_them(staff: Staff) -> None:
    weekly(staff.owner)

    batch = reach.save(
        staff.owner, nth(staff.owner, 2), {"repeats": "FREQ=DAILY;COUNT=3"}, Reach.LATER, via="test"
    )

    assert days(staff.owner) == ["03-02 09", "03-09 09", "03-16 09", "03-17 09", "03-18 09"]
    changes.undo_batch(staff.owner, batch, via="test")
    assert days(staff.owner) == WEEKS


def test_single_deletion_stays_when_the_series_is_changed(staff: Staff) -> None:
    weekly(staff.owner)
    reach.delete(staff.owner, nth(staff.owner, 2), Reach.ONE, via="test")

    second = nth(staff.owner, 1)
    reach.save(staff.owner, second, {"at": second.at + timedelta(hours=1)}, Reach.LATER, via="test")  # type: ignore[attr-defined]

    assert days(staff.owner) == ["03-02 09", "03-09 10", "03-23 10", "03-30 09"]


@pytest.mark.parametrize(
    ("how", "left"), [(Reach.LATER, WEEKS[:2]), (Reach.ALL, []), (Reach.ONE, [*WEEKS[:2], *WEEKS[3:]])]
)
def test_deletion_reaches_as_far_as_was_said(staff: Staff, how: Reach, left: list[str]) -> None:
    weekly(staff.owner)

    batch = reach.delete(staff.owner, nth(staff.owner, 2), how, via="test")

    assert days(staff.owner) == left
    changes.undo_batch(staff.owner, batch, via="test")
    assert days(staff.owner) == WEEKS
    assert not Series.objects.get().ended


def test_stopping_removes_the_later_ones(staff: Staff) -> None:
    weekly(staff.owner)

    changes.save(staff.owner, nth(staff.owner, 1), {"repeats": None}, via="test")

    assert days(staff.owner) == WEEKS[:2]
    assert all_of(staff.owner)[1].values["repeats"] is None


def test_series_is_closed_to_whoever_cannot_change_it(staff: Staff) -> None:
    third = weekly(staff.owner) and nth(staff.owner, 2)

    for who in ("outsider", "reader", "anonymous"):
        with unchanged(), pytest.raises((Missing, Refused)):
            reach.save(staff.actor(who), third, {"location": "Away"}, Reach.ALL, via="test")
        with unchanged(), pytest.raises((Missing, Refused)):
            reach.delete(staff.actor(who), third, Reach.ALL, via="test")


def test_refused_value_leaves_the_whole_series(staff: Staff) -> None:
    weekly(staff.owner)

    with unchanged(), pytest.raises(Invalid):
        reach.save(staff.owner, nth(staff.owner, 1), {"subject": "", "location": "X"}, Reach.ALL, via="test")


def test_night_writes_what_came_within_the_horizon(staff: Staff) -> None:
    weekly(staff.owner, "FREQ=MONTHLY;BYDAY=1MO", location="Hall")
    known = len(all_of(staff.owner))
    reach.delete(staff.owner, nth(staff.owner, known - 1), Reach.ONE, via="test")

    with time_machine.travel(datetime(2026, 6, 15, tzinfo=UTC), tick=False):
        assert (extend_all(), extend_all()) == (4, 0)

    last = all_of(staff.owner)[-1]
    assert (known, len(all_of(staff.owner)), last.values["location"]) == (18, 21, "Hall")
    assert last.values["at"] - all_of(staff.owner)[-2].values["at"] < timedelta(days=36)


def test_night_writes_nothing_where_nothing_is_left(staff: Staff) -> None:
    weekly(staff.owner, "FREQ=WEEKLY")
    reach.delete(staff.owner, nth(staff.owner, 3), Reach.LATER, via="test")

    with time_machine.travel(datetime(2027, 6, 15, tzinfo=UTC), tick=False):
        assert extend_all() == 0

    assert days(staff.owner) == WEEKS[:3]
