"""What a hidden field links to a record is not in that record's timeline."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from aperto.kernel.fields.base import Ref
from aperto.kernel.timeline import both, past, planned
from tests import firm
from tests.web.office import Office

SECRET = "Zanzibarian"
EVERYTHING = {"*": dict.fromkeys(("read", "create", "edit"), "all")}


@pytest.fixture
def contact(office: Office) -> Any:
    record = office.make("contact", last_name="Berg")
    about = [Ref("contact", record.pk)]
    office.make("note", body=SECRET, about=about)
    office.make("task", subject=SECRET, due=datetime.now(UTC), about=about)
    return record


def hide(office: Office, **rights: dict[str, str]) -> Client:
    made = roles.create(office.actor(office.admin), "Half", EVERYTHING, field_rights=rights)
    people.set_roles(office.actor(office.admin), office.colleague, [made.pk])
    office.colleague.refresh_from_db()
    return office.client(office.colleague)


@pytest.mark.parametrize("path", ["", "/timeline"])
def test_activity_of_a_hidden_link_is_not_in_the_timeline(office: Office, contact: Any, path: str) -> None:
    address = f"/contact/{contact.pk}{path}"
    assert SECRET in office.client(office.colleague).get(address).content.decode()

    client = hide(office, note={"about": "hidden"}, task={"about": "hidden"})

    assert SECRET not in client.get(address).content.decode()


def test_past_and_plans_leave_it_out_one_by_one(office: Office, contact: Any) -> None:
    hide(office, note={"about": "hidden"})
    actor = firm.actor(office.colleague)

    told = [each.activity for each in past(actor, contact.pk).happenings if each.activity]
    due = [each.activity for each in planned(actor, contact.pk)]

    assert (len(told), len(due)) == (0, 1)
    assert both(actor, contact.pk)[1][0].id == planned(actor, contact.pk)[0].id


def test_another_field_that_is_seen_keeps_it(office: Office, contact: Any) -> None:
    admin = office.actor(office.admin)
    settings = {"to": "contact"}
    given = {"name": "Whom", "key": "whom", "kind": "reference", "of_object": "note", "settings": settings}
    changes.create(admin, "custom_field", given, via="test")
    office.make("note", body="Seen", whom=Ref("contact", contact.pk))
    hide(office, note={"about": "hidden"})

    told = past(firm.actor(office.colleague), contact.pk).happenings

    assert [each.activity.values["body"] for each in told if each.activity] == ["Seen"]
