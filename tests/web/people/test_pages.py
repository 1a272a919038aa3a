"""Every page of this part, as an administrator, as a user and as a visitor."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from aperto.kernel.access.models import Role, User
from tests import firm
from tests.web.people.conftest import SignIn

OWN = ["profile", "security", "tokens", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"]
OWN += ["create_token", "account_logout", "mfa_index"]
ADMINISTRATORS = ["organisation", "users", "create_user", "teams", "create_team", "roles", "create_role"]
OPEN = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
]
OPEN += [
    "account_inactive",
    "account_signup",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
]
STYLED = re.compile(r"<style|\sstyle=|\son[a-z]+=", re.I)


def is_clean(body: str) -> bool:
    """Nothing that the strict content policy would refuse."""
    scripts = re.findall(r"<script([^>]*)>", body)
    return not STYLED.search(body) and all("src=" in s or 'type="application/json"' in s for s in scripts)


@pytest.mark.parametrize("name", OPEN)
def test_visitor_opens_the_ways_in(admin: User, client: Client, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert is_clean(answer.content.decode())


@pytest.mark.parametrize("name", [name for name in OWN + ADMINISTRATORS if name != "account_logout"])
def test_visitor_is_sent_to_sign_in(admin: User, client: Client, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={reverse(name)}"


@pytest.mark.parametrize("name", OWN + ADMINISTRATORS)
def test_administrator_opens_every_page(admin: User, signed_in: SignIn, name: str) -> None:
    answer = signed_in(admin).get(reverse(name))

    assert answer.status_code == 200
    assert is_clean(answer.content.decode())
    assert answer["Cache-Control"].startswith(("private", "max-age=0"))


@pytest.mark.parametrize("name", OWN)
def test_user_opens_own_pages(colleague: User, signed_in: SignIn, name: str) -> None:
    assert signed_in(colleague).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_administration_does_not_exist_for_others(colleague: User, signed_in: SignIn, name: str) -> None:
    client = signed_in(colleague)

    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name)).status_code == 404
    assert reverse(name) not in client.get(reverse("profile")).content.decode()


def test_pages_of_one_thing_open_for_administrators_only(
    admin: User, colleague: User, signed_in: SignIn
) -> None:
    team = changes.create(firm.actor(admin), "team", {"name": "Sales"}, via="test")
    role = roles.create(firm.actor(admin), "Intern", {"*": {"read": "own"}})
    addresses = [
        reverse("user", args=[colleague.pk]),
        reverse("team", args=[team.pk]),
        reverse("role", args=[role.pk]),
        reverse("role", args=[Role.objects.get(key="administrator").pk]),
    ]
    chief, other = signed_in(admin), signed_in(colleague)

    assert [chief.get(address).status_code for address in addresses] == [200] * 4
    assert [other.get(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize("name", ["user", "team", "role"])
def test_unknown_things_are_absent(admin: User, signed_in: SignIn, name: str) -> None:
    address = reverse(name, args=["01890000-0000-7000-8000-000000000000"])

    assert signed_in(admin).get(address).status_code == 404


def test_pages_speak_the_users_language(admin: User, signed_in: SignIn) -> None:
    people.edit(firm.actor(admin), admin, {"language": "nl"})

    answer = signed_in(admin).get(reverse("profile"))

    assert answer["Content-Language"] == "nl"
    assert '<html lang="nl"' in answer.content.decode()


def test_visitors_are_spoken_to_in_their_browsers_language(admin: User, client: Client) -> None:
    answer = client.get(reverse("account_login"), headers={"Accept-Language": "fr-CH,fr;q=0.9"})

    assert answer["Content-Language"] == "fr"
    assert "Accept-Language" in answer["Vary"]


def test_fragments_tell_that_the_session_has_ended(admin: User, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/profile?a=1"}
    answer = client.post(reverse("appearance"), {"theme": "dark"}, headers=headers)

    assert answer.status_code == 401
    assert "/account/login/?next=/profile%3Fa%3D1" in answer["HX-Trigger"]


def test_page_costs_the_shape_the_session_and_the_user(
    admin: User, signed_in: SignIn, django_assert_num_queries: object
) -> None:
    client = signed_in(admin)
    client.get(reverse("profile"))

    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get(reverse("profile"))
