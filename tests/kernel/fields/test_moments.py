"""Moments across zones and clock changes, and the words for days near today."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import QueryDict

from aperto.kernel.viewer import Viewer
from tests.fakes.models import Gadget
from tests.kernel.fields.browser import post_of

DATETIME, DATE = Gadget.own_fields["datetime"], Gadget.own_fields["date"]
AMSTERDAM = Viewer(language="en", country="GB", zone_name="Europe/Amsterdam")
AUCKLAND = Viewer(language="en", country="GB", zone_name="Pacific/Auckland")
TWICE = (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC))  # both 02:30


def test_moment_is_shown_in_the_zone_of_the_viewer() -> None:
    moment = datetime(2025, 6, 30, 22, 5, tzinfo=UTC)

    assert DATETIME.text(moment, AMSTERDAM) == "1 Jul 2025, 00:05"
    assert DATETIME.text(moment, AUCKLAND) == "1 Jul 2025, 10:05"


@pytest.mark.parametrize("moment", [*TWICE, datetime(2025, 5, 1, 8, 0, 12, 345678, tzinfo=UTC)])
def test_untouched_editor_keeps_the_exact_moment(moment: datetime) -> None:
    post = post_of(DATETIME.editor(moment, AMSTERDAM, "at"))

    assert DATETIME.parse(DATETIME.read_form(post, "at"), AMSTERDAM) == moment


def test_changed_editor_means_what_it_shows() -> None:
    post: QueryDict = post_of(DATETIME.editor(TWICE[1], AMSTERDAM, "at"))
    post["at"] = "2025-10-26T12:00"

    assert DATETIME.parse(DATETIME.read_form(post, "at"), AMSTERDAM) == datetime(2025, 10, 26, 11, tzinfo=UTC)


@time_machine.travel(datetime(2025, 11, 26, 10, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 11, 26), "Today"),
        (date(2025, 11, 25), "Yesterday"),
        (date(2025, 11, 27), "Tomorrow"),
        (date(2025, 11, 29), "Sat 29 Nov"),
        (date(2025, 11, 20), "Thu 20 Nov"),
        (date(2025, 11, 19), "19 Nov"),
        (date(2025, 1, 2), "2 Jan"),
        (date(2024, 11, 26), "26 Nov 2024"),
    ],
)
def test_near_days_are_words(day: date, words: str) -> None:
    assert DATE.cell(day, AMSTERDAM).endswith(f">{words}</time>")
    assert f'title="{DATE.text(day, AMSTERDAM)}"' in DATE.cell(day, AMSTERDAM)


@time_machine.travel(datetime(2025, 11, 26, 11, 30, tzinfo=UTC), tick=False)
def test_today_is_the_day_of_the_viewer() -> None:
    moment = datetime(2025, 11, 26, 9, tzinfo=UTC)

    assert "Today, 10:00" in DATETIME.cell(moment, AMSTERDAM)
    assert "Yesterday, 22:00" not in DATETIME.cell(moment, AMSTERDAM)
    assert "Yesterday, 22:00" in DATETIME.cell(moment, AUCKLAND)


def test_first_and_last_days_are_shown_everywhere() -> None:
    first, last = DATETIME.clean("1000-01-01T00:00:00Z"), DATETIME.clean("9999-12-30T23:59:59Z")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"):
        viewer = Viewer(zone_name=zone)
        for moment in (first, last):
            assert DATETIME.cell(moment, viewer)
            assert (
                DATETIME.parse(
                    DATETIME.read_form(post_of(DATETIME.editor(moment, viewer, "at")), "at"), viewer
                )
                == moment
            )
