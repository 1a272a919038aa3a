"""Sharing a record from its page, making it private, and the words for why somebody sees it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from aperto.kernel.access import roles, sharing
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.share_models import PrivateRecord, RecordShare
from aperto.kernel.objects.record import Record
from tests import firm
from tests.kernel.access.test_people import snapshot
from tests.web.office import Office


@pytest.fixture
def company(office: Office) -> Record:
    return office.make("company", name="Veldkamp")


def url(record: Record, part: str = "") -> str:
    return f"/company/{record.pk}{part}"


def to(kind: str, key: Any) -> str:
    return f"{kind}:{key}"


def test_shared_record_opens_to_an_outsider(office: Office, company: Record) -> None:
    theirs = office.client(office.outsider)
    assert theirs.get(url(company)).status_code == 404

    office.client().post(url(company, "/share"), {"with": to("user", office.outsider.pk), "reach": "read"})

    assert theirs.get(url(company)).status_code == 200
    assert theirs.get(url(company, "/edit")).status_code == 403


@pytest.mark.parametrize("kind", ["team", "role"])
def test_team_or_role_is_given_a_record_until_a_day(office: Office, company: Record, kind: str) -> None:
    key = office.other_team if kind == "team" else Role.objects.get(key="user").pk
    day = date.today() + timedelta(days=3)

    told = {"with": to(kind, key), "reach": "edit", "until": day.isoformat()}
    office.client().post(url(company, "/share"), told)

    [share] = RecordShare.objects.all()
    assert share.expires_at is not None
    local = share.expires_at.astimezone(office.actor().viewer.zone)
    assert (share.kind, share.edit, local.date()) == (kind, True, day + timedelta(days=1))
    assert office.client(office.outsider).get(url(company, "/edit")).status_code == 200


def test_ended_share_shuts_the_record(office: Office, company: Record) -> None:
    told = {"with": to("user", office.outsider.pk)}
    client = office.client()
    client.post(url(company, "/share"), told)
    assert "Stop sharing with Otto" in client.get(url(company, "/share")).content.decode()

    client.post(url(company, "/share/end"), told)

    assert not RecordShare.objects.exists()
    assert office.client(office.outsider).get(url(company)).status_code == 404


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"with": ""}, "err-share-with"),
        ({"with": "user:nonsense"}, "err-share-with"),
        ({"with": "planet:x"}, "err-share-with"),
        ({"until": "2020-01-01"}, "err-share-until"),
        ({"until": "someday"}, "err-share-until"),
        ({"until": "9999-12-31"}, "err-share-until"),
    ],
)
def test_mistake_is_told_at_its_place(
    office: Office, company: Record, told: dict[str, str], place: str
) -> None:
    client, before = office.client(), snapshot()
    asked = {"with": to("user", office.outsider.pk), **told}

    answer = client.post(url(company, "/share"), asked, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert f'id="{place}"' in answer.content.decode()
    assert snapshot()["kernel_record_share"] == before["kernel_record_share"]


def test_private_record_is_shut_to_colleagues_and_opened_again(office: Office, company: Record) -> None:
    office.client().post(url(company, "/private"), {"private": "1"})
    shut = office.client(office.colleague).get(url(company)).status_code
    for_admin = office.client(office.admin).get(url(company, "/share")).content.decode()

    office.client().post(url(company, "/private"), {"private": "0"})

    assert (shut, "End private" in for_admin) == (404, True)
    assert office.client(office.colleague).get(url(company)).status_code == 200


def test_colleague_who_may_share_does_not_make_private(office: Office, company: Record) -> None:
    client = office.client(office.colleague)

    answer = client.post(url(company, "/private"), {"private": "1"})

    assert (answer.status_code, PrivateRecord.objects.count()) == (403, 0)
    assert "Make private" not in client.get(url(company, "/share")).content.decode()


@pytest.mark.parametrize("part", ["/share", "/share/end", "/private"])
def test_who_may_not_share_changes_nothing(office: Office, company: Record, part: str) -> None:
    people = [(office.outsider, 404), (office.reader, 403)]
    clients = [(office.client(user), status) for user, status in people]
    told = {"with": to("user", office.outsider.pk), "private": "1"}
    before = snapshot()

    for client, status in clients:
        assert client.post(url(company, part), told).status_code == status

    assert snapshot() == before


def test_nobody_gives_more_than_they_have(office: Office, company: Record) -> None:
    rights = {"*": {"read": "all", "share": "all"}}
    office.reader.roles.set([roles.create(firm.SYSTEM, "Spreader", rights)])
    client = office.client(office.reader)
    told = {"with": to("user", office.outsider.pk), "reach": "edit"}

    assert 'value="edit"' not in client.get(url(company, "/share")).content.decode()
    assert client.post(url(company, "/share"), told).status_code == 403
    assert not RecordShare.objects.exists()


def test_reasons_are_told_with_a_way_to_the_role_for_administrators(office: Office, company: Record) -> None:
    sharing.share(office.actor(), company, sharing.Grantee("user", office.outsider.pk))

    mine = office.client(office.outsider).get(url(company, "/access")).content.decode()
    whole = office.client(office.admin).get(url(company, "/access")).content.decode()

    assert "Shared with Otto" in mine and "settings/roles" not in mine
    assert "A record of the team North, by the role User" in whole
    assert f"/settings/roles/{Role.objects.get(key='user').pk}" in whole


def test_who_may_not_share_learns_only_why_they_see_it(office: Office, company: Record) -> None:
    page = office.client(office.reader).get(url(company, "/access")).content.decode()

    assert "The role Read-only reaches everybody" in page
    assert "Everybody who sees it" not in page


@pytest.mark.parametrize(
    ("who", "entry"), [("owner", "/share"), ("admin", "/share"), ("reader", "Why can I see this?")]
)
def test_menu_offers_what_may_be_done(office: Office, company: Record, who: str, entry: str) -> None:
    user: User = getattr(office, who)
    page = office.client(user).get(url(company)).content.decode()

    assert entry in page
    assert (f'href="{url(company, "/share")}"' in page) == (who != "reader")


def test_palette_shares_the_first_hit(office: Office, company: Record) -> None:
    found = office.client().get("/palette", {"q": "Veldkamp"}).content.decode()
    for_reader = office.client(office.reader).get("/palette", {"q": "Veldkamp"}).content.decode()

    assert "Share Veldkamp" in found
    assert "Veldkamp" in for_reader and "Share Veldkamp" not in for_reader


def test_history_says_that_it_was_shared_and_offers_no_undo(office: Office, company: Record) -> None:
    office.client().post(url(company, "/share"), {"with": to("user", office.outsider.pk)})

    page = office.client().get(url(company, "/history")).content.decode()

    assert "shared this record" in page
    assert page.count('hx-post="/undo/') <= 1


def test_what_is_set_up_is_not_shared(office: Office) -> None:
    client = office.client(office.admin)

    assert client.get(f"/team/{office.team}/share").status_code == 404
    assert client.get(f"/team/{office.team}/access").status_code == 200


def test_whom_to_share_with_is_found_as_one_types(office: Office, company: Record) -> None:
    for number in range(60):
        firm.user(f"p{number}@nordwijk.example", name=f"Person {number:02}", password=None)
    client = office.client()

    whole = client.get(url(company, "/share/with")).content.decode()
    found = client.get(url(company, "/share/with?q=òtto")).content.decode()
    plain = client.get(url(company, "/share")).content.decode()

    assert whole.count("<li ") == 10 and 'data-value="role:' in whole
    assert re.findall(r'data-value="(\w+:[\w-]+)"', found) == [to("user", office.outsider.pk)]
    assert plain.count('<option value="user:') < 50 and "/share/with" in plain
    assert office.client(office.reader).get(url(company, "/share/with")).status_code == 403


def test_refused_form_keeps_whom_it_was_for(office: Office, company: Record) -> None:
    told = {"with": to("user", office.outsider.pk), "until": "2020-01-01"}

    page = office.client().post(url(company, "/share"), told).content.decode()

    assert f'<option value="{told["with"]}" selected>Otto' in page
