"""Settings: users, teams, roles and the organisation, by those who may and those who may not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import links, membership, organisation, people, roles, tokens
from aperto.kernel.access.models import Role, SignInLink, User
from aperto.kernel.access.team import Team
from tests import firm
from tests.kernel.access.test_people import snapshot
from tests.web.people.conftest import SignIn


def person(role: str = "user", **more: Any) -> dict[str, Any]:
    values = {"name": "Eve Sand", "email": "eve@nordwijk.example", "language": "nl", "zone": "Europe/Paris"}
    return {**values, "roles": [str(Role.objects.get(key=role).pk)], **more}


@pytest.fixture
def chief(admin: User, signed_in: SignIn) -> Client:
    return signed_in(admin)


def test_invited_colleague_comes_in_by_the_link_shown(chief: Client, client: Client) -> None:
    page = chief.post(reverse("create_user"), person()).content.decode()
    found = re.search(r'value="http://testserver(/sign-in/link/[\w-]+)"', page)
    assert found, page

    client.post(found[1])

    assert client.get(reverse("security")).status_code == 200
    user = User.objects.get(email="eve@nordwijk.example")
    assert (user.language, user.zone, user.has_usable_password()) == ("nl", "Europe/Paris", False)


def test_invitation_is_mailed_where_mail_leaves(
    chief: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aperto.web.people.invitations.mail_leaves", lambda: True)

    page = chief.post(reverse("create_user"), person()).content.decode()

    assert "/sign-in/link/" not in page
    assert mail.outbox[0].to == ["eve@nordwijk.example"]
    assert "/sign-in/link/" in str(mail.outbox[0].body)


def test_failed_mail_shows_the_link_instead(chief: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("aperto.web.people.invitations.mail_leaves", lambda: True)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    assert "/sign-in/link/" in chief.post(reverse("create_user"), person()).content.decode()


def test_new_user_stands_in_their_team(chief: Client) -> None:
    chief.post(reverse("create_team"), {"name": "Sales", "description": "", "members": []})
    team = Team.objects.get()

    chief.post(reverse("create_user"), person(teams=[str(team.pk)], main_team=str(team.pk)))

    user = User.objects.get(email="eve@nordwijk.example")
    assert (people.teams_of(user), user.main_team) == ([team.pk], team.pk)


@pytest.mark.parametrize(
    ("field", "value"), [("email", "ada@nordwijk.example"), ("email", "x"), ("name", ""), ("roles", [])]
)
def test_mistakes_are_shown_and_nobody_is_made(chief: Client, field: str, value: Any) -> None:
    answer = chief.post(reverse("create_user"), person(**{field: value}))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert User.objects.count() == 1


def test_user_is_edited(chief: Client, colleague: User) -> None:
    told = person("manager", name="Benjamin", email="Benjamin@nordwijk.example")

    chief.post(reverse("user", args=[colleague.pk]), told)

    colleague.refresh_from_db()
    assert (colleague.name, colleague.email) == ("Benjamin", "benjamin@nordwijk.example")
    assert [role.key for role in colleague.roles.all()] == ["manager"]


def test_last_administrator_stays_one(chief: Client, admin: User) -> None:
    told = person("user", name=admin.name, email=admin.email)

    answer = chief.post(reverse("user", args=[admin.pk]), told)

    assert answer.status_code == 422
    assert "this would leave nobody" in answer.content.decode()
    assert people.administrators() == {admin.pk}


def test_deactivated_user_is_out_at_the_next_request(
    chief: Client, colleague: User, signed_in: SignIn
) -> None:
    theirs = signed_in(colleague)
    _token, secret = tokens.create(firm.actor(colleague), name="x", scopes=["*:read"], expires_at=None)

    chief.post(reverse("deactivate_user", args=[colleague.pk]))

    assert theirs.get(reverse("profile")).status_code == 302
    assert tokens.find(secret) is None
    again = Client().post(reverse("account_login"), {"login": colleague.email, "password": firm.PASSWORD})
    assert again["Location"] == reverse("account_inactive")


def test_reactivated_user_signs_in_anew(chief: Client, colleague: User, signed_in: SignIn) -> None:
    former = signed_in(colleague)
    chief.post(reverse("deactivate_user", args=[colleague.pk]))

    chief.post(reverse("reactivate_user", args=[colleague.pk]))

    assert former.get(reverse("profile")).status_code == 302
    assert signed_in(colleague).get(reverse("profile")).status_code == 200


def test_nobody_deactivates_themselves(chief: Client, admin: User) -> None:
    chief.post(reverse("deactivate_user", args=[admin.pk]))

    assert chief.get(reverse("users")).status_code == 200


def test_new_link_is_made_for_a_colleague(chief: Client, colleague: User) -> None:
    former = links.make(colleague)

    page = chief.post(reverse("user_link", args=[colleague.pk])).content.decode()

    assert "/sign-in/link/" in page
    assert links.use(former) is None


def test_team_is_made_edited_deleted_and_restored(chief: Client, admin: User, colleague: User) -> None:
    chief.post(reverse("create_team"), {"name": "Sales", "members": [str(admin.pk)]})
    team = Team.objects.get()
    chief.post(reverse("team", args=[team.pk]), {"name": "Selling", "members": [str(colleague.pk)]})
    chief.post(reverse("delete_team", args=[team.pk]))
    deleted = membership.teams()
    chief.post(reverse("restore_team", args=[team.pk]))

    assert deleted == []
    assert [found.title for found in membership.teams()] == ["Selling"]
    assert membership.members() == {team.pk: [colleague]}


def test_second_team_of_a_name_is_refused(chief: Client) -> None:
    for _ in range(2):
        answer = chief.post(reverse("create_team"), {"name": "Sales"})

    assert answer.status_code == 422
    assert Team.objects.count() == 1


def grid(**cells: str) -> dict[str, str]:
    reaches = dict.fromkeys(("read", "create", "edit", "assign", "delete", "export", "import"), "all")
    return {f"*.{verb}": reach for verb, reach in reaches.items()} | {
        key.replace("__", "."): value for key, value in cells.items()
    }


def test_role_is_made_from_the_grid(chief: Client) -> None:
    chief.post(reverse("create_role"), {"name": "Seller", **grid(), "*.delete": "own", "configures": ""})

    role = Role.objects.get(name="Seller")
    assert role.grants["*"]["delete"] == "own"
    assert "configure" not in role.grants["*"]


def test_row_of_an_object_is_kept_only_where_it_differs(chief: Client) -> None:
    from aperto.kernel.objects.registry import registry

    key = next(each.key for each in registry if not each.administered)
    same = {"name": "Same", **grid(), f"{key}.read": "all"}
    other = {"name": "Other", **grid(), f"{key}.read": "none"}

    chief.post(reverse("create_role"), same)
    chief.post(reverse("create_role"), other)

    assert list(Role.objects.get(name="Same").grants) == ["*"]
    found = Role.objects.get(name="Other").grants[key]
    assert "read" not in found and found["edit"] == "all"


def test_saving_a_role_as_shown_changes_nothing(chief: Client) -> None:
    role = Role.objects.get(key="user")
    before = dict(role.grants)
    page = chief.get(reverse("role", args=[role.pk])).content.decode()

    chief.post(reverse("role", args=[role.pk]), dict(shown(page)))

    role.refresh_from_db()
    assert role.grants == before


def shown(page: str) -> Iterator[tuple[str, str]]:
    """What the grid of the page would send."""
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        found = re.search(r'value="([^"]*)" selected', options)
        assert found, name
        yield name, found[1]


def test_administrator_role_is_shown_but_not_changed(chief: Client) -> None:
    role = Role.objects.get(key="administrator")

    answer = chief.post(reverse("role", args=[role.pk]), grid(**{"*__read": "none"}))

    role.refresh_from_db()
    assert answer.status_code == 422
    assert role.grants["*"]["read"] == "all"


def test_own_role_is_deleted_when_nobody_holds_it(chief: Client, admin: User) -> None:
    role = roles.create(firm.actor(admin), "Intern", {"*": {"read": "own"}})

    chief.post(reverse("delete_role", args=[role.pk]))

    assert not Role.objects.filter(pk=role.pk).exists()


def test_organisation_is_edited(chief: Client) -> None:
    told = {
        "name": "Nordwijk NV",
        "language": "nl",
        "country": "BE",
        "currency": "EUR",
        "zone": "Europe/Brussels",
    }

    answer = chief.post(reverse("organisation"), told)

    organisation.forget()
    assert answer.status_code == 302
    assert (organisation.current().name, organisation.current().country) == ("Nordwijk NV", "BE")


REFUSED = ["user", "user_link", "deactivate_user", "reactivate_user", "remove_factors"]


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("role", ["manager", "user", "read_only"])
def test_others_change_nobody(admin: User, signed_in: SignIn, name: str, role: str) -> None:
    client = signed_in(firm.user("mallory@nordwijk.example", role))
    before = snapshot()

    answer = client.post(reverse(name, args=[admin.pk]), person("administrator"))

    assert answer.status_code == 404
    assert snapshot() == before


@pytest.mark.parametrize("name", REFUSED)
def test_visitor_changes_nobody(admin: User, client: Client, name: str) -> None:
    before = snapshot()

    answer = client.post(reverse(name, args=[admin.pk]), person("administrator"))

    assert answer.status_code == 302
    assert snapshot() == before


def test_pages_show_no_secret(chief: Client, admin: User, colleague: User) -> None:
    _token, secret = tokens.create(firm.actor(admin), name="x", scopes=["*:read"], expires_at=None)
    links.make(colleague)
    hidden = [admin.password, colleague.password, secret, SignInLink.objects.get().hash, "argon2", "md5$"]
    names = ["users", "teams", "roles", "organisation", "profile", "security", "tokens"]
    pages = [reverse(name) for name in names] + [reverse("user", args=[colleague.pk])]

    bodies = "".join(chief.get(page).content.decode() for page in pages)

    assert not [canary for canary in hidden if canary in bodies]
