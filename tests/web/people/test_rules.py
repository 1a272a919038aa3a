"""Teams as a tree, sharing rules and territories: their editors, and how far a rule reaches."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aperto.kernel import changes, records
from aperto.kernel.access import membership
from aperto.kernel.access.models import User
from aperto.kernel.access.sharing_rule import SharingRule
from aperto.kernel.access.territory import Territory
from aperto.kernel.fields.base import Ref
from aperto.kernel.jobs import worker
from tests.kernel.access.test_people import snapshot
from tests.web.office import Office

NAMES = ("sharing_rule", "territory")


@pytest.fixture
def chief(office: Office) -> Client:
    return office.client(office.admin)


def told(office: Office, name: str, **more: Any) -> dict[str, Any]:
    whom = {"sharing_rule": "with_team", "territory": "to_team"}[name]
    values = {"name": "Dutch", "of_object": "company", "condition": "name ~ Dutch", "active": "1"}
    return values | {whom: f"team:{office.other_team}", "reach": "read", "position": "0"} | more


def rows(name: str) -> list[Any]:
    model: Any = {"sharing_rule": SharingRule, "territory": Territory}[name]
    return list(model.objects.filter(deleted_at=None))


@pytest.mark.parametrize("name", NAMES)
def test_rule_is_made_changed_and_deleted(office: Office, chief: Client, name: str) -> None:
    chief.post(reverse(f"create_{name}"), told(office, name))
    [made] = rows(name)
    chief.post(reverse(f"edit_{name}", args=[made.pk]), told(office, name) | {"name": "Belgian"})
    [changed] = rows(name)
    answer = chief.post(reverse(f"delete_{name}", args=[made.pk]))

    assert (made.of_object, made.condition, changed.name) == ("company", "name ~ Dutch", "Belgian")
    assert (answer.status_code, rows(name)) == (302, [])


@pytest.mark.parametrize("name", NAMES)
def test_condition_that_is_not_understood_is_told_at_its_place(
    office: Office, chief: Client, name: str
) -> None:
    before = snapshot()

    answer = chief.post(reverse(f"create_{name}"), told(office, name, condition="nothing = 1"))

    assert answer.status_code == 422
    assert 'id="err-f-condition"' in answer.content.decode()
    assert (rows(name), snapshot()) == ([], before)


@pytest.mark.parametrize("name", NAMES)
def test_form_says_how_many_records_it_reaches(office: Office, chief: Client, name: str) -> None:
    for company in ("Dutch one", "Dutch two", "Belgian"):
        office.make("company", name=company)

    said = chief.post(reverse(f"reach_{name}"), told(office, name)).content.decode()
    unsaid = chief.post(reverse(f"reach_{name}"), told(office, name, condition="nothing = 1")).content

    assert "Companies that it reaches now: 2" in said
    assert (b"reaches now" in unsaid, rows(name)) == (False, [])


def test_reach_counts_what_people_of_a_team_own(office: Office, chief: Client) -> None:
    office.make("company", name="Ours")
    office.make("company", office.outsider, name="Theirs")
    asked = told(office, "sharing_rule", condition="", owners_team=f"team:{office.team}")

    assert (
        "Companies that it reaches now: 1"
        in chief.post(reverse("reach_sharing_rule"), asked).content.decode()
    )


def test_assigning_now_is_a_job_that_can_be_undone(office: Office, chief: Client) -> None:
    made = office.make("company", name="Dutch one")
    values = {"name": "Dutch", "of_object": "company", "condition": "name ~ Dutch"}
    whom = {"to_team": Ref("team", office.other_team)}
    changes.create(office.actor(office.admin), "territory", values | whom, via="test")

    answer = chief.post(reverse("assign_territories"), {"object": "company"})
    worker.run_pending()

    page = chief.get(answer["Location"]).content.decode()
    assert records.unrestricted("company", reason="test").get(made.pk).team == office.other_team
    assert "/undo/batch/" in page


@pytest.mark.parametrize("key", ["team", "nothing", ""])
def test_only_records_are_assigned(office: Office, chief: Client, key: str) -> None:
    answer = chief.post(reverse("assign_territories"), {"object": key})

    assert answer["Location"] == reverse("territories")


def test_teams_stand_in_a_tree(office: Office, chief: Client) -> None:
    values = {"name": "South", "parent": str(office.team), "members": []}

    chief.post(reverse("team", args=[office.other_team]), values)

    assert [(str(team.title), depth) for team, depth in membership.tree()] == [("North", 0), ("South", 1)]
    assert 'data-depth="1"' in chief.get(reverse("teams")).content.decode()


def test_team_is_no_part_of_itself(office: Office, chief: Client) -> None:
    chief.post(reverse("team", args=[office.other_team]), {"name": "South", "parent": str(office.team)})

    answer = chief.post(
        reverse("team", args=[office.team]), {"name": "North", "parent": str(office.other_team)}
    )

    assert answer.status_code == 422
    assert "A team cannot be a part of itself." in answer.content.decode()
    assert membership.team(office.team).parent is None


@pytest.mark.parametrize("name", NAMES)
def test_others_find_no_rules_and_make_none(office: Office, name: str) -> None:
    place = {"sharing_rule": "sharing_rules", "territory": "territories"}[name]
    people: list[User] = [office.owner, office.outsider, office.reader]
    clients = [office.client(user) for user in people]
    before = snapshot()

    for client in clients:
        for route in (place, f"create_{name}", f"reach_{name}"):
            assert client.post(reverse(route), told(office, name)).status_code == 404

    assert (rows(name), snapshot()) == ([], before)
