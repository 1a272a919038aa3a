"""The editor of a role: grid, one object of it, copies, and what saving would change, told before."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from aperto.kernel.access import roles
from aperto.kernel.access.models import Role, User
from tests import firm
from tests.kernel.access.test_people import snapshot
from tests.web.people.conftest import SignIn

PAGES = ("role", "role_preview", "role_object", "role_object_preview")


@pytest.fixture
def chief(admin: User, signed_in: SignIn) -> Client:
    return signed_in(admin)


@pytest.fixture
def role(colleague: User) -> Role:
    """A role that its one holder has beside no other."""
    role = roles.create(firm.SYSTEM, "Seller", {"*": {"read": "team", "edit": "own"}})
    colleague.roles.set([role])
    return role


def address(name: str, role: Role) -> str:
    return reverse(name, args=[role.pk, "deal"] if "object" in name else [role.pk])


def test_object_of_a_role_gets_reach_condition_and_fields(chief: Client, role: Role) -> None:
    told = {"deal.read": "all", "where.read": "amount < 5", "field.amount": "readonly"}

    answer = chief.post(address("role_object", role), told)

    role.refresh_from_db()
    assert answer.status_code == 302
    assert role.grants == {"*": {"read": "team", "edit": "own"}, "deal": {"read": "all", "edit": "own"}}
    assert role.conditions == {"deal": {"read": "amount < 5"}}
    assert role.field_rights == {"deal": {"amount": "readonly"}}


def test_object_that_says_nothing_of_its_own_follows_all(chief: Client, role: Role) -> None:
    chief.post(address("role_object", role), {"deal.read": "all", "where.edit": "amount < 5"})

    chief.post(address("role_object", role), {"deal.read": "", "where.edit": " "})

    role.refresh_from_db()
    assert (list(role.grants), role.conditions) == (["*"], {})


@pytest.mark.parametrize(
    ("told", "place"),
    [({"where.read": "amout < 5"}, "e-read"), ({"field.name": "hidden"}, "e-name")],
)
def test_mistake_stands_at_its_place_and_changes_nothing(
    chief: Client, role: Role, told: dict[str, str], place: str
) -> None:
    before = snapshot()

    answer = chief.post(address("role_object", role), told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'aria-describedby="{place}"' in page and f'id="{place}"' in page
    assert all(escape(text) in page for key, text in told.items() if key.startswith("where"))
    assert snapshot() == before


def test_page_of_an_object_offers_completion_and_says_which_fields_stay(chief: Client, role: Role) -> None:
    page = chief.get(address("role_object", role)).content.decode()

    assert page.count('data-suggest-url="/deal/complete"') == 7
    assert 'name="field.name" title="Records are told apart' in page


def test_preview_counts_people_and_writes_nothing(chief: Client, role: Role) -> None:
    before = snapshot()

    said = chief.post(address("role_object_preview", role), {"deal.read": "none", "field.amount": "hidden"})

    page = said.content.decode()
    assert "what 1 person may do" in page
    assert "Deals · Read: team → none" in page and "Deals · Amount: hidden" in page
    assert snapshot() == before


def test_preview_does_not_count_who_has_it_by_another_role(
    chief: Client, role: Role, colleague: User
) -> None:
    colleague.roles.add(Role.objects.get(key="manager"))
    cells = {"*.read": "team", "*.edit": "all"}

    page = chief.post(address("role_preview", role), cells).content.decode()

    assert "what 0 people may do" in page
    assert "All objects · Edit: own → all" in page


def test_preview_of_nothing_says_nothing(chief: Client, role: Role) -> None:
    cells = {"*.read": "team", "*.edit": "own"}

    assert "callout" not in chief.post(address("role_preview", role), cells).content.decode()


def test_preview_says_what_a_condition_lacks(chief: Client, role: Role) -> None:
    page = chief.post(address("role_object_preview", role), {"where.read": "amount <"}).content.decode()

    assert "callout bad" in page


def test_copy_keeps_conditions_and_fields(chief: Client, role: Role) -> None:
    chief.post(address("role_object", role), {"where.read": "amount < 5", "field.amount": "hidden"})
    place = f"{reverse('create_role')}?from={role.pk}"
    assert "A copy of Seller" in chief.get(place).content.decode()

    chief.post(place, {"name": "Junior", "*.read": "team"})

    made = Role.objects.get(name="Junior")
    assert made.conditions == {"deal": {"read": "amount < 5"}}
    assert made.field_rights == {"deal": {"amount": "hidden"}}


def test_administrators_role_stays_as_it_is(chief: Client) -> None:
    role = Role.objects.get(key="administrator")
    before = snapshot()

    chief.post(address("role_object", role), {"deal.read": "none"})

    assert "disabled" in chief.get(address("role_object", role)).content.decode()
    assert snapshot() == before


@pytest.mark.parametrize("key", ["team", "nothing"])
def test_what_has_no_rights_of_its_own_has_no_page(chief: Client, role: Role, key: str) -> None:
    assert chief.get(reverse("role_object", args=[role.pk, key])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["manager", "user", "read_only"])
def test_others_find_nothing_and_change_nothing(role: Role, signed_in: SignIn, name: str, who: str) -> None:
    client = signed_in(firm.user("mallory@nordwijk.example", who))
    before = snapshot()
    told: dict[str, Any] = {"deal.read": "all", "*.read": "all", "where.read": "amount < 5"}

    assert client.post(address(name, role), told).status_code == 404
    assert client.get(address(name, role)).status_code in {404, 405}
    assert snapshot() == before
