"""Rules: what is refused, what they mean, and that ten o'clock stays ten o'clock."""

from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from aperto.kernel.errors import FieldError
from aperto.kernel.recurrence.composing import compose, how_of
from aperto.kernel.recurrence.moments import moments
from aperto.kernel.recurrence.rule import read
from aperto.kernel.recurrence.words import sentence
from aperto.kernel.viewer import Viewer

ZONE = "Europe/Amsterdam"
FAR = datetime(2030, 1, 1, tzinfo=UTC)
REFUSED = (
    "", "weekly", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "INTERVAL=2", "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;COUNT=401", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-3", "FREQ=DAILY;INTERVAL=100",
    "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYSECOND=1", "FREQ=DAILY;COUNT=3;UNTIL=20270101",
    "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYDAY=5FR",
    "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;UNTIL=yesterday", "FREQ=DAILY;UNTIL=20270231",
    "FREQ=DAILY;COUNT=٣", "FREQ=YEARLY;BYDAY=MO", "FREQ=DAILY;X=" + "1" * 300, "FREQ=DAILY\0",
    "FREQ=DAILY;COUNT=1e3",
)  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_rules_without_measure_or_sense_are_refused(text: str) -> None:
    with pytest.raises(FieldError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;COUNT=5;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;UNTIL=20300101;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=2TU",
    ],
)  # fmt: skip
def test_rule_is_written_as_it_was_read(text: str) -> None:
    assert read(f"rrule:{text.lower()};wkst=mo").written == text


def local(rule: str, start: datetime, most: int = 4) -> list[str]:
    found = islice(moments(read(rule), start, ZONE, FAR), most)
    return [each.astimezone(ZoneInfo(ZONE)).strftime("%m-%d %H:%M") for each in found]


def test_wall_clock_holds_over_both_changes_of_the_clock() -> None:
    spring = datetime(2026, 3, 28, 9, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 8, tzinfo=UTC)

    assert local("FREQ=DAILY", spring, 3) == ["03-28 10:00", "03-29 10:00", "03-30 10:00"]
    assert local("FREQ=DAILY", autumn, 3) == ["10-24 10:00", "10-25 10:00", "10-26 10:00"]


def test_hour_that_does_not_exist_moves_on_that_day_alone() -> None:
    start = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)

    assert local("FREQ=DAILY", start, 3) == ["03-28 02:30", "03-29 03:30", "03-30 02:30"]


def test_months_without_the_day_are_left_out_and_count_includes_the_first() -> None:
    start = datetime(2026, 1, 31, 9, tzinfo=UTC)

    assert local("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", start, 9) == [
        "01-31 10:00",
        "03-31 10:00",
        "05-31 10:00",
    ]
    assert local("FREQ=WEEKLY;BYDAY=MO;COUNT=2", start, 9) == ["01-31 10:00", "02-02 10:00"]


def test_rule_that_never_falls_ends_soon() -> None:
    start = datetime(2027, 2, 1, 9, tzinfo=UTC)

    assert local("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", start) == ["02-01 10:00"]


SAID = {
    "FREQ=DAILY": "Every day",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "Every weekday",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH": "Every 2 weeks on Monday and Thursday",
    "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6": "Every month on the last Friday, 6 times",
    "FREQ=MONTHLY;BYMONTHDAY=15": "Every month on day 15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": "Every month on the last weekday",
    "FREQ=YEARLY;UNTIL=20300101;BYMONTH=2;BYMONTHDAY=29": "Every year on 29 February, until 1 January 2030",
    "FREQ=YEARLY;BYMONTH=5;BYDAY=2TU": "Every year on the second Tuesday of May",
}


@pytest.mark.parametrize("text", SAID)
def test_rule_is_said_plainly(text: str) -> None:
    with translation.override("en"):
        assert sentence(read(text), Viewer("en", "GB")) == SAID[text]


@pytest.mark.parametrize("text", [*SAID])
def test_choices_of_the_control_come_to_the_same_rule(text: str) -> None:
    rule = read(text)
    start = datetime(2026, 2, 28 if rule.period != "YEARLY" else 28, 9, tzinfo=UTC)

    sent: dict[str, Any] = {"how": how_of(rule), "every": str(rule.interval), "text": text, "place": "-1",
            "weekday": "FR", "days": ["MO", "TH"], "monthday": "15", "times": "6"}  # fmt: skip
    sent["end"] = "count" if rule.count else ""
    if how_of(rule) != "year":
        assert read(compose(sent, Viewer())).completed(start.date()) == rule
