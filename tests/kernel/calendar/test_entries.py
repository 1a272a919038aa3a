"""What lies between two days: what began before and lasts, lengths, and more than is read."""

from datetime import date
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar import entries
from aperto.kernel.calendar.axis import axis_of
from aperto.kernel.calendar.entries import Found, Lot, Span, between
from aperto.kernel.objects.registry import registry
from tests.company import Staff, staffed


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


def add(actor: Actor, key: str, **values: Any) -> None:
    changes.create(actor, key, values, via="test")


def found(actor: Actor, key: str, first: date, last: date) -> Found:
    lot = Lot(axis_of(actor, registry.get(key)), records.visible(actor, key))
    return between([lot], Span(first, last, actor.viewer))


def titles(found: Found) -> list[str]:
    entries.filled(found.entries)
    return [entry.row.title for entry in found.entries if entry.row]


def test_what_began_before_is_there_as_long_as_it_lasts(staff: Staff) -> None:
    add(staff.owner, "meeting", subject="Fair", at="2026-03-02T08:00:00Z", until="2026-03-05T17:00:00Z")
    add(staff.owner, "meeting", subject="Over", at="2026-03-03T08:00:00Z", until="2026-03-03T23:00:00Z")
    add(staff.owner, "meeting", subject="No end", at="2026-03-03T08:00:00Z")

    # 23:00 in UTC is midnight in Amsterdam: what ends then does not touch the day that begins.
    shown = found(staff.owner, "meeting", date(2026, 3, 4), date(2026, 3, 4))

    assert titles(shown) == ["Fair"]
    assert (shown.entries[0].first, shown.entries[0].last) == (date(2026, 3, 2), date(2026, 3, 5))
    assert [len(held) for held in shown.by_day([date(2026, 3, 4)]).values()] == [1]


def test_a_call_lasts_as_long_as_it_took(staff: Staff) -> None:
    add(staff.owner, "call", subject="Over midnight", at="2026-03-03T22:30:00Z", length=3600)
    add(staff.owner, "call", subject="Short", at="2026-03-03T22:30:00Z", length=60)

    assert titles(found(staff.owner, "call", date(2026, 3, 4), date(2026, 3, 4))) == ["Over midnight"]


def test_no_more_is_read_than_a_calendar_can_show(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST", 2)
    for n in range(3):
        add(staff.owner, "task", subject=f"Task {n}", due=f"2026-03-04T1{n}:00:00Z")

    shown = found(staff.owner, "task", date(2026, 3, 1), date(2026, 3, 31))

    assert shown.more and titles(shown) == ["Task 0", "Task 1"]
    assert not found(staff.owner, "task", date(1001, 1, 1), date(1001, 1, 2)).entries
