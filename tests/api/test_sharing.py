"""Sharing by the API: what holds afterwards, who is told what, and what a refusal leaves behind."""

from typing import Any
from uuid import uuid4

import pytest

from aperto.kernel import changes
from aperto.kernel.access import people, roles, sharing
from aperto.kernel.access.share_models import RecordShare
from aperto.kernel.objects.record import Record
from tests.api.conftest import Callers
from tests.company import Staff
from tests.snapshot import digests

FREE = {"api_kept_reply", "kernel_api_token"}


@pytest.fixture
def contact(staff: Staff) -> Record:
    return changes.create(staff.owner, "contact", {"last_name": "Visser"}, via="test")


def url(record: Record, part: str) -> str:
    return f"/contact/{record.pk}/{part}"


def outsider(staff: Staff, **more: Any) -> dict[str, Any]:
    return {"kind": "user", "id": str(staff.users["outsider"].pk), **more}


def test_share_opens_the_record_and_its_end_shuts_it(staff: Staff, contact: Record, ask: Callers) -> None:
    mine, theirs = ask("owner"), ask("outsider")
    given = mine.post(url(contact, "shares"), outsider(staff, edit=True, expires_at="2099-01-01T00:00:00Z"))
    opened = theirs.patch(f"/contact/{contact.pk}", {"job_title": "Chief"}).status_code
    listed = mine.get(url(contact, "shares")).json()
    ended = mine.delete(url(contact, f"shares/{staff.users['outsider'].pk}")).status_code

    assert (given.status_code, opened, ended) == (200, 200, 204)
    assert listed == {"data": [given.json()], "private": False}
    assert given.json()["expires_at"] == "2099-01-01T00:00:00+00:00"
    assert theirs.get(f"/contact/{contact.pk}").status_code == 404
    notes = mine.get(url(contact, "history")).json()["data"]
    assert [(each["verb"], each["via"]) for each in notes[:3:2]] == [("unshared", "api"), ("shared", "api")]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"kind": "planet"}, "kind"), ({"id": "x"}, "id"), ({"id": None}, "id"), ({"id": str(uuid4())}, "id"),
        ({"edit": "yes"}, "edit"), ({"expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "soon"}, "expires_at"), ({"expires_at": 7}, "expires_at"), ({"with": "x"}, "with"),
        ({"expires_at": "2099-02-31T00:00:00Z"}, "expires_at"), ({"kind": ["user"]}, "kind"),
    ],
)  # fmt: skip
def test_mistake_is_told_by_field_and_changes_nothing(
    staff: Staff, contact: Record, ask: Callers, body: dict[str, Any], place: str
) -> None:
    caller, before = ask("owner"), digests()

    answer = caller.post(url(contact, "shares"), outsider(staff) | body)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [place])
    assert {name for name, held in digests().items() if held != before[name]} <= FREE


@pytest.mark.parametrize(
    ("who", "scopes", "status"),
    [
        ("outsider", ("*:*",), 404), ("reader", ("*:*",), 403), ("owner", ("contact:read",), 403),
        ("owner", ("contact:share",), 404), ("owner", ("contact:read", "contact:edit"), 403),
    ],
)  # fmt: skip
def test_closed_to_rights_and_scopes(
    staff: Staff, contact: Record, ask: Callers, who: str, scopes: tuple[str, ...], status: int
) -> None:
    caller, before = ask(who, *scopes), digests()
    key = staff.users["outsider"].pk

    answers = [
        caller.get(url(contact, "shares")),
        caller.post(url(contact, "shares"), outsider(staff)),
        caller.delete(url(contact, f"shares/{key}")),
        caller.send("PUT", url(contact, "privacy"), {"private": True}),
        caller.get(url(contact, "access")),
    ]

    assert {each.status_code for each in answers} == {status}
    assert {name for name, held in digests().items() if held != before[name]} <= FREE


def test_token_without_edit_does_not_share_to_edit(staff: Staff, contact: Record, ask: Callers) -> None:
    caller = ask("owner", "contact:read", "contact:share")

    answers = [caller.post(url(contact, "shares"), outsider(staff, edit=each)) for each in (True, False)]

    assert [each.status_code for each in answers] == [403, 200]
    assert RecordShare.objects.get().edit is False


def test_private_is_the_owners_word(staff: Staff, contact: Record, ask: Callers) -> None:
    shut = [
        ask(who).send("PUT", url(contact, "privacy"), {"private": True}).status_code
        for who in ("colleague", "owner")
    ]

    assert shut == [403, 200] and sharing.is_private(contact)
    assert ask("colleague").get(f"/contact/{contact.pk}").status_code == 404
    wrong = ask("owner").send("PUT", url(contact, "privacy"), {"private": 1, "x": 1})
    assert (wrong.status_code, sorted(wrong.json()["errors"])) == (422, ["private", "x"])


def test_who_sees_goes_through_everybody_page_by_page(staff: Staff, contact: Record, ask: Callers) -> None:
    caller, cursor = ask("owner"), ""
    names: list[str] = []
    while cursor is not None:
        page = caller.get(url(contact, f"access?limit=2&cursor={cursor}")).json()
        names, cursor = names + [each["name"] for each in page["data"]], page["next"]

    whole = caller.get(url(contact, "access")).json()["data"]
    assert [each["name"] for each in whole] == names and len(set(names)) == len(names)
    assert str(staff.users["outsider"].pk) not in {each["id"] for each in whole}


def test_why_tells_a_condition_to_administrators_alone(staff: Staff, contact: Record, ask: Callers) -> None:
    half = roles.create(
        staff.admin, "Half", {"*": {"read": "all", "share": "all"}},
        conditions={"contact": {"read": "last_name = Visser"}},
    )  # fmt: skip
    people.set_roles(staff.admin, staff.users["outsider"], [half.pk])
    part = f"access/{staff.users['outsider'].pk}"

    told = [ask(who).get(url(contact, part)).json()["why_read"][0] for who in ("admin", "owner", "outsider")]

    assert [each["condition"] for each in told] == ["last_name = Visser", None, None]
    assert {(each["name"], each["conditional"]) for each in told} == {("Half", True)}


def test_reader_asks_why_of_themselves_alone(staff: Staff, contact: Record, ask: Callers) -> None:
    caller = ask("reader")
    mine, foreign = (caller.get(url(contact, f"access/{staff.users[who].pk}")) for who in ("reader", "owner"))

    assert (mine.status_code, mine.json()["read"], mine.json()["edit"]) == (200, True, False)
    assert foreign.status_code == 403
    assert ask("owner").get(url(contact, f"access/{uuid4()}")).status_code == 404
