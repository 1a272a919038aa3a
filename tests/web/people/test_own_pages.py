"""What a person does with their own account: name, looks, sessions, tokens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import actors, tokens
from aperto.kernel.access.models import ApiToken, User
from tests import firm
from tests.web.people.conftest import SignIn

PROFILE = {"name": "Benjamin Oort", "language": "en", "zone": "Europe/Amsterdam"}
HTMX = {"HX-Request": "true"}


def test_profile_saves_at_once(colleague: User, signed_in: SignIn) -> None:
    answer = signed_in(colleague).post(reverse("profile"), PROFILE, headers=HTMX)

    colleague.refresh_from_db()
    assert answer.status_code == 204
    assert '"text": "Saved"' in answer["HX-Trigger"]
    assert colleague.name == "Benjamin Oort"


def test_new_language_fetches_the_page_anew(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    answer = client.post(reverse("profile"), {**PROFILE, "language": "pt"}, headers=HTMX)

    assert answer["HX-Redirect"] == reverse("profile")
    assert client.get(reverse("profile"))["Content-Language"] == "pt"


def test_profile_works_without_scripts(colleague: User, signed_in: SignIn) -> None:
    assert signed_in(colleague).post(reverse("profile"), PROFILE).status_code == 302


def test_profile_changes_nothing_else(colleague: User, signed_in: SignIn) -> None:
    before = User.objects.filter(pk=colleague.pk).values("email", "is_active", "password", "main_team").get()
    more = {"email": "eve@else.example", "is_active": "", "password": "x", "roles": "1", "stamp": "99"}

    signed_in(colleague).post(reverse("profile"), {**PROFILE, **more})

    assert (
        User.objects.filter(pk=colleague.pk).values("email", "is_active", "password", "main_team").get()
        == before
    )
    assert [role.key for role in colleague.roles.all()] == ["user"]


def test_looks_are_kept(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    kept = client.post(reverse("appearance"), {"theme": "dark", "density": "compact"}, headers=HTMX)
    refused = client.post(reverse("appearance"), {"theme": "pink"}, headers=HTMX)

    colleague.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (204, 422)
    assert (colleague.theme, colleague.density) == ("dark", "compact")
    assert 'data-theme="dark"' in client.get(reverse("profile")).content.decode()


def test_sessions_end_from_afar(colleague: User, signed_in: SignIn) -> None:
    here, there, elsewhere = (signed_in(colleague) for _ in range(3))
    page = here.get(reverse("security")).content.decode()
    addresses = re.findall(r'action="(/profile/security/sessions/\d+/end)"', page)

    here.post(addresses[0])
    left = [client.get(reverse("profile")).status_code for client in (here, there, elsewhere)]
    here.post(reverse("end_sessions"))

    assert len(addresses) == 2
    assert sorted(left) == [200, 200, 302]
    assert [client.get(reverse("profile")).status_code for client in (here, there, elsewhere)] == [
        200,
        302,
        302,
    ]


def test_nobody_ends_another_persons_session(admin: User, colleague: User, signed_in: SignIn) -> None:
    theirs = signed_in(admin)
    page = theirs.get(reverse("security")).content.decode()
    mine = signed_in(colleague)
    number = re.findall(
        r"sessions/(\d+)/end", signed_in(admin).get(reverse("security")).content.decode() + page
    )[0]

    assert mine.post(reverse("end_session", args=[number])).status_code == 404
    assert theirs.get(reverse("profile")).status_code == 200


def test_session_keys_are_not_shown(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    assert client.cookies["sessionid"].value not in client.get(reverse("security")).content.decode()


def test_new_password_ends_the_other_sessions(colleague: User, signed_in: SignIn) -> None:
    here, there = signed_in(colleague), signed_in(colleague)
    new = "quite another sentence"

    here.post(
        reverse("account_change_password"), {"oldpassword": firm.PASSWORD, "password1": new, "password2": new}
    )

    assert here.get(reverse("profile")).status_code == 200
    assert there.get(reverse("profile")).status_code == 302


@pytest.mark.parametrize("new", ["short", "1234567890123", "ben@nordwijk.example"])
def test_weak_passwords_are_refused(colleague: User, signed_in: SignIn, new: str) -> None:
    told = {"oldpassword": firm.PASSWORD, "password1": new, "password2": new}

    answer = signed_in(colleague).post(reverse("account_change_password"), told)

    colleague.refresh_from_db()
    assert "field-error" in answer.content.decode()
    assert colleague.check_password(firm.PASSWORD)


def make_token(client: Client, **more: str | list[str]) -> str:
    told = {"name": "Export", "access": "*:read", "expires": "30", **more}
    answer = client.post(reverse("create_token"), told)
    found = re.search(r'value="(apt_[\w-]{43})"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_token_is_shown_once(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    secret = make_token(client)
    later = client.get(reverse("tokens")).content.decode()

    assert secret not in later
    assert secret[:12] in later
    assert tokens.find(secret) is not None


def test_token_of_chosen_scopes_opens_only_those(colleague: User, signed_in: SignIn) -> None:
    secret = make_token(signed_in(colleague), access="chosen", scope=["team:read"])
    found = tokens.find(secret)
    assert found is not None

    assert found.scopes == ["team:read"]
    assert tokens.actor_of(found) == actors.of_user(found.user).narrow(frozenset({"team:read"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"access": "all"},
        {"access": "chosen"},
        {"access": "chosen", "scope": "x:y"},
        {"expires": "9"},
    ],
)
def test_token_mistakes_are_shown(colleague: User, signed_in: SignIn, wrong: dict[str, str]) -> None:
    told = {"name": "Export", "access": "*:read", "expires": "30", **wrong}

    answer = signed_in(colleague).post(reverse("create_token"), told)

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_revoked_token_is_gone(admin: User, colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)
    secret = make_token(client)
    token = ApiToken.objects.get()

    stranger = signed_in(admin).post(reverse("revoke_token", args=[token.pk]))
    still = tokens.find(secret)
    owner = client.post(reverse("revoke_token", args=[token.pk]))

    assert (stranger.status_code, owner.status_code) == (404, 302)
    assert still is not None
    assert tokens.find(secret) is None
    assert "No tokens yet" in client.get(reverse("tokens")).content.decode()


def test_page_of_a_number_says_why_there_are_no_passkeys(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    by_number = client.get(reverse("security"), headers={"Host": "127.0.0.1:8000"}).content.decode()
    by_name = client.get(reverse("security"), headers={"Host": "localhost:8000"}).content.decode()

    assert "Passkeys belong to a name" in by_number
    assert reverse("mfa_add_webauthn") in by_name
