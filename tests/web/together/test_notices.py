"""The bell, the page of notices, choices, and the link that ends e-mails."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import choices, mails, notify, reading
from aperto.kernel.notices.models import Device
from aperto.kernel.objects.record import Record
from tests.kernel.notices.test_delivery import subscription
from tests.queries import counted
from tests.web.office import Office

PARTIAL = {"HX-Request": "true"}


@pytest.fixture
def company(office: Office) -> Record:
    return office.make("company", name="Veldkamp")


def tell(user: User, record: Record, sort: str = "mention", **more: Any) -> None:
    about = Ref(record.declares.key, record.pk)
    notify(sort, [user.pk], event=uuid4(), about=about, by_name="Cas", **more)


def unread(client: Client) -> int:
    count: int = client.get("/notices/count").json()["count"]
    return count


def test_the_bell_counts_and_the_page_groups_by_record(office: Office, company: Record) -> None:
    other = office.make("company", name="Bakker & Co")
    for record in (company, other, company):
        tell(office.owner, record)
    client = office.client()

    assert unread(client) == 3
    page = client.get("/notices").content.decode()
    assert page.count('class="notice-group"') == 2 and page.count("Cas mentioned you") == 3
    assert page.index("Veldkamp") < page.index("Bakker &amp; Co")
    assert "data-bell" in page


def test_marking_as_read_reaches_only_ones_own(office: Office, company: Record) -> None:
    tell(office.owner, company)
    tell(office.owner, company)
    mine, theirs = office.client(), office.client(office.colleague)
    [first, _second] = reading.page(office.actor()).told

    theirs.post("/notices/read", {"all": "1"})
    theirs.post("/notices/read", {"id": str(first.notice.pk)})
    assert unread(mine) == 2
    answer = mine.post("/notices/read", {"id": str(first.notice.pk)}, headers=PARTIAL)
    assert "notices-changed" in answer.headers["HX-Trigger"] and unread(mine) == 1
    mine.post("/notices/read", {"record": str(company.pk)})
    assert unread(mine) == 0 and "mentioned" not in mine.get("/notices?unread=1").content.decode()
    for rubbish in ({"id": "x"}, {"record": "1 OR 1"}):
        assert mine.post("/notices/read", rubbish).status_code == 404


def test_what_is_not_seen_any_more_leaves_no_trace(office: Office, company: Record) -> None:
    tell(office.owner, company)
    changes.delete(office.actor(), company, via="test")

    assert "Veldkamp" not in office.client().get("/notices").content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(office: Office, company: Record) -> None:
    client = office.client()
    tell(office.owner, company)
    client.get("/notices")
    with counted("notices: 1"):
        client.get("/notices")
    for _ in range(8):
        tell(office.owner, office.make("company", name="Another"))
    with counted("notices: 9"):
        client.get("/notices")
    with counted("notices: count"):
        client.get("/notices/count")


def test_older_ones_are_read_by_key(office: Office, company: Record) -> None:
    for _ in range(45):
        tell(office.owner, company)
    client = office.client()

    page = client.get("/notices").content.decode()
    [following] = set(re.findall(r"/notices\?before=[\w-]+", page))
    older = client.get(following, headers=PARTIAL).content.decode()
    assert page.count("Cas mentioned you") == 40 and older.count("Cas mentioned you") == 5


def test_choices_are_kept(office: Office) -> None:
    client = office.client()
    assert "At once" in client.get("/profile/notices").content.decode()
    form = {"mention.page": "on", "mention.mail": "digest", "digest": "weekly", "hour": "7", "weekday": "4"}
    client.post("/profile/notices", form, headers=PARTIAL)

    ways = choices.ways_of([office.owner.pk])[office.owner.pk]
    assert (ways["mention"].mail, ways["mention"].push) == ("digest", False)
    held = choices.of(office.actor())
    assert (held.digest, held.hour, held.weekday) == ("weekly", 7, 4)
    for wrong in ({"hour": "x"}, {"digest": "hourly"}, {"mention.mail": "pigeon"}):
        assert client.post("/profile/notices", wrong, headers=PARTIAL).status_code == 422


def test_a_device_is_kept_and_removed(office: Office) -> None:
    given, client = subscription(), office.client()
    keys = {"p256dh": given["key"], "auth": given["auth"]}
    body = json.dumps({"endpoint": given["endpoint"], "keys": keys, "name": "Firefox"})
    assert client.post("/profile/notices/devices", body, content_type="application/json").status_code == 201
    for rubbish in ("[]", "x", "{}", json.dumps({"endpoint": "http://10.0.0.1", "keys": keys})):
        refused = client.post("/profile/notices/devices", rubbish, content_type="application/json")
        assert refused.status_code == 422

    device = Device.objects.get()
    forget = f"/profile/notices/devices/{device.pk}/forget"
    assert office.client(office.colleague).post(forget).status_code == 404
    assert "Firefox" in client.get("/profile/notices").content.decode()
    client.post(forget)
    assert not Device.objects.exists()


def test_the_link_of_a_mail_asks_first_and_needs_no_session(office: Office) -> None:
    address = f"/notices/unsubscribe/{mails.token(office.owner.pk, 'mention')}"
    anybody = Client(enforce_csrf_checks=True)

    assert "Somebody mentions me" in anybody.get(address).content.decode()
    assert choices.ways_of([office.owner.pk])[office.owner.pk]["mention"].mail == "now"
    assert anybody.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices.ways_of([office.owner.pk])[office.owner.pk]["mention"].mail == ""
    assert anybody.post(address[:-3] + "abc").status_code == 404
