"""Calendar feeds: the right of the owner at each reading, and all that ends one."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar import feeds
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.query import views
from aperto.kernel.query.json import to_json
from aperto.kernel.query.parse import parse
from aperto.kernel.query.views import SavedView
from tests.company import Staff
from tests.web.calendar.test_page import meeting
from tests.web.lists.conftest import Browse, deal

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


def read(secret: str) -> Any:
    return Client().get(f"/calendar/feed/{secret}.ics")


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content[:300]
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def made(actor: Actor, view: UUID | None = None) -> str:
    return feeds.create(actor, "Telephone", view)[1]


def test_a_feed_gives_what_its_owner_has_planned(staff: Staff) -> None:
    record = meeting(staff.owner, "Visit; a, b\\", SOON.isoformat(), location="Rotterdam")
    meeting(staff.actor("colleague"), "Another's", SOON.isoformat())

    answer = read(made(staff.owner))

    assert titles(answer) == ["Visit; a, b\\"]
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["uid"], event["location"]) == (f"{record.pk}@aperto", "Rotterdam")
    assert event.decoded("dtstart") == SOON and event.decoded("dtend") == SOON + timedelta(minutes=30)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_feed_of_a_view_follows_its_filter_and_the_rights_of_its_owner(staff: Staff) -> None:
    colleague = staff.actor("colleague")
    day = SOON.date().isoformat()
    hidden = deal(staff.owner, "Robots", close_date=day)
    deal(staff.owner, "Cranes", close_date=day)
    kept = SavedView(object="deal", name="Closing", layout="calendar", filter=to_json(parse("name ~ Rob")))
    kept.layout_settings = {"calendar": {"placed": "close_date"}}
    view = views.save_view(colleague, kept)
    secret = made(colleague, view.pk)

    assert titles(read(secret)) == ["Robots"]
    people.set_teams(staff.admin, staff.users["colleague"], [], None, via="test")
    assert titles(read(secret)) == []
    changes.save(staff.admin, hidden, {"owner": staff.users["colleague"].pk}, via="test")
    assert titles(read(secret)) == ["Robots"]
    views.delete_view(staff.actor("colleague"), view)
    assert read(secret).status_code == 404


def test_deactivation_and_revocation_end_a_feed_at_once(staff: Staff, browse: Browse) -> None:
    secret, other = made(staff.owner), made(staff.owner)
    assert read(secret).status_code == 200
    feed = feeds.find(secret)
    assert feed is not None

    assert browse("admin").post(f"/profile/calendar-feeds/{feed.pk}/revoke").status_code == 404
    assert browse("owner").post(f"/profile/calendar-feeds/{feed.pk}/revoke").status_code == 302
    assert read(secret).status_code == 404 and read(other).status_code == 200
    people.deactivate(staff.admin, staff.users["owner"])
    assert read(other).status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 5_000, "é"])
def test_what_is_no_secret_opens_nothing(staff: Staff, secret: str) -> None:
    assert read(secret).status_code == 404


def test_readings_are_limited_and_only_reading_is_answered(staff: Staff) -> None:
    secret = made(staff.owner)
    found = [read(secret).status_code for _each in range(feeds.PER_MINUTE + 1)]

    assert found == [200] * feeds.PER_MINUTE + [429]
    assert int(read(secret).headers["Retry-After"]) > 0
    assert Client().post(f"/calendar/feed/{secret}.ics").status_code == 405


def test_what_cannot_be_made_is_refused(staff: Staff) -> None:
    for name in ("", " ", "\0", "x" * 500):
        with pytest.raises(Invalid):
            feeds.create(staff.owner, name, None)
    with pytest.raises(Missing):
        feeds.create(staff.owner, "Telephone", uuid4())
    with pytest.raises(Refused):
        feeds.create(staff.owner.narrow(frozenset({"*:*"})), "Telephone", None)
    assert feeds.of_user(staff.users["owner"].pk) == []


def test_the_address_is_shown_once(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    meeting(staff.owner, "Visit", SOON.isoformat())

    html = client.post("/profile/calendar-feeds/new", {"name": "Telephone"}, follow=True).content.decode()
    address = re.search(r'value="http://[^/]+(/calendar/feed/[\w-]+\.ics)"', html)

    assert address, html[:1000]
    assert titles(Client().get(address[1])) == ["Visit"]
    assert address[1] not in client.get("/profile/calendar-feeds").content.decode()
