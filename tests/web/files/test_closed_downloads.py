"""A file is sent to whoever sees a record that holds it, by a field that they see; others find none."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel import changes, files
from aperto.kernel.access import people, roles, tokens
from tests.web.office import Office

EVERYTHING = {"*": dict.fromkeys(("read", "create", "edit"), "all")}


@pytest.fixture
def stored(office: Office) -> Any:
    """A file that only a contact's own field holds."""
    admin = office.actor(office.admin)
    given = {"name": "Passport", "key": "passport", "kind": "file", "of_object": "contact"}
    changes.create(admin, "custom_field", given, via="test")
    row = files.store(office.actor(), SimpleUploadedFile("passport.txt", b"Zanzibarian"))
    office.make("contact", last_name="Berg", passport={"id": str(row.pk), "name": "passport.txt"})
    return row.pk


def answers(office: Office, user: Any, key: Any) -> list[int]:
    actor = office.actor(user)
    _token, secret = tokens.create(actor, name="t", scopes=["*:*"], expires_at=None)
    client = office.client(user)
    headers = {"Authorization": f"Bearer {secret}"}
    asked = [client.get(f"/files/{key}"), client.get(f"/api/v1/files/{key}", headers=headers)]
    for answer in asked:
        if answer.streaming:
            b"".join(answer.streaming_content)
    return [answer.status_code for answer in asked]


def test_whoever_sees_the_record_gets_it_and_others_do_not(office: Office, stored: Any) -> None:
    assert answers(office, office.colleague, stored) == [200, 200]
    assert answers(office, office.outsider, stored) == [404, 404]


def test_hidden_field_holds_it_back(office: Office, stored: Any) -> None:
    half = roles.create(
        office.actor(office.admin), "Half", EVERYTHING, field_rights={"contact": {"passport": "hidden"}}
    )
    people.set_roles(office.actor(office.admin), office.colleague, [half.pk])
    office.colleague.refresh_from_db()

    assert answers(office, office.colleague, stored) == [404, 404]


def test_nobody_takes_it_over_by_its_key(office: Office, stored: Any) -> None:
    """Whoever may not read a file may not put it into a record of theirs, which would open it."""
    client = office.client(office.outsider)

    client.post("/file/new", {"name": "Mine", "content": str(stored)})

    assert answers(office, office.outsider, stored) == [404, 404]
