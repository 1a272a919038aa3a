"""Working hours: the organisation's, one's own in their place, and the holidays that are kept."""

import re
from datetime import date

import pytest

from aperto.kernel.access import organisation
from aperto.kernel.access.models import Organisation
from aperto.kernel.calendar.entries import Span
from aperto.kernel.calendar.free_days import free_days
from aperto.kernel.viewer import Viewer
from tests.company import Staff
from tests.web.lists.conftest import Browse

HOURS = {"days": ["0", "1"], "begins": "10:00", "ends": "16:00", "countries": ["BE"]}
URL = "/calendar?mode=week&day=2026-09-07"


def shaded(html: str) -> list[tuple[str, str]]:
    return re.findall(r'class="off" data-h="(\d+)" data-m="0" data-eh="(\d+)"', html)


def test_hours_of_the_organisation_hold_until_somebody_has_their_own(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    assert browse("admin").post("/settings/working-hours", HOURS).status_code == 302

    html = client.get(URL).content.decode()
    assert shaded(html) == [("0", "10"), ("16", "24")] + [("0", "10"), ("16", "24")] + [("0", "24")] * 5

    assert client.post("/profile/working-hours", HOURS | {"begins": "08:00"}).status_code == 302
    assert shaded(client.get(URL).content.decode())[0] == ("0", "8")
    client.post("/profile/working-hours", {"follow": "on"})
    assert shaded(client.get(URL).content.decode())[0] == ("0", "10")


def test_a_holiday_carries_its_name_and_no_hours(staff: Staff, browse: Browse) -> None:
    browse("owner").post("/profile/working-hours", HOURS)

    html = browse("owner").get("/calendar?mode=day&day=2026-07-21").content.decode()

    assert 'class="holiday"' in html and shaded(html) == [("0", "24")]


@pytest.mark.parametrize(
    "wrong", [{"days": []}, {"days": ["9"]}, {"ends": "09:00"}, {"begins": "x"}, {"countries": ["XX"]}]
)
def test_what_cannot_be_is_refused(staff: Staff, browse: Browse, wrong: dict[str, object]) -> None:
    for client, url in (
        (browse("owner"), "/profile/working-hours"),
        (browse("admin"), "/settings/working-hours"),
    ):
        assert client.post(url, HOURS | wrong).status_code == 422
    assert browse("owner").post("/settings/working-hours", HOURS).status_code == 404
    organisation.forget()
    assert (
        Organisation.objects.get(pk=1).working
        == {}
        == type(staff.users["owner"]).objects.get(pk=staff.users["owner"].pk).working
    )


def test_holidays_are_named_in_the_language_of_the_reader() -> None:
    def named(language: str) -> dict[date, str]:
        viewer = Viewer(language=language)
        return free_days(["NL", "XX"], Span(date(2026, 12, 20), date(2027, 1, 2), viewer))

    assert set(named("en")) == {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    assert named("en")[date(2026, 12, 25)] == "Christmas Day"
    assert named("nl")[date(2026, 12, 25)] != "Christmas Day"
