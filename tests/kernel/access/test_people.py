from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection

from aperto.kernel import changes
from aperto.kernel.access import actors, links, membership, people, roles, setup
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import Role, TeamMember, User
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.access.team import Team
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Refused
from tests import firm

type Deed = Callable[[Actor, User], object]
VALUES = {"email": "eve@nordwijk.example", "name": "Eve", "language": "en", "zone": "UTC"}
NOT_FOR_EVERYBODY: dict[str, Deed] = {
    "create": lambda actor, user: people.create(actor, VALUES, roles=[user.roles.all()[0].pk]),
    "edit": lambda actor, user: people.edit(actor, user, {"name": "Mallory"}),
    "set_roles": lambda actor, user: people.set_roles(actor, user, Role.objects.values_list("pk", flat=True)),
    "set_teams": lambda actor, user: people.set_teams(actor, user, []),
    "deactivate": people.deactivate,
    "reactivate": people.reactivate,
    "remove_second_factors": people.remove_second_factors,
    "invitation": people.invitation,
    "create_role": lambda actor, user: roles.create(actor, "Spy", {"*": {"read": "all"}}),
    "edit_role": lambda actor, user: roles.edit(actor, Role.objects.get(key="user"), grants={}),
    "delete_role": lambda actor, user: roles.delete(actor, Role.objects.get(key="user")),
    "edit_organisation": lambda actor, user: setup.edit_organisation(actor, {"name": "Mine"}),
}


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(cursor.fetchall(), key=str)
    return rows


@pytest.mark.parametrize("deed", NOT_FOR_EVERYBODY)
@pytest.mark.parametrize("role", ["manager", "user", "read_only", "anonymous"])
def test_only_administrators_write_about_people(colleague: User, deed: str, role: str) -> None:
    actor = ANONYMOUS if role == "anonymous" else firm.actor(firm.user("mallory@else.example", role))
    before = snapshot()

    with pytest.raises(Refused):
        NOT_FOR_EVERYBODY[deed](actor, colleague)

    assert snapshot() == before


def test_created_user_is_in_history(admin: User) -> None:
    user = firm.user("eve@nordwijk.example")

    change = Change.objects.filter(object="user", record=user.pk, verb="created").get()

    assert change.diff["email"] == [None, "eve@nordwijk.example"]
    assert "password" not in change.diff


def test_address_is_taken_whatever_its_case(admin: User) -> None:
    with pytest.raises(Invalid) as refused:
        firm.user("ADA@Nordwijk.example")

    assert list(refused.value.errors) == ["email"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("email", "no address"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("name", " "),
        ("name", "x" * 201),
        ("name", "a\0b"),
        ("zone", "UTC'); COPY x"),
        ("zone", "../../etc/passwd"),
        ("language", "tlh"),
        ("theme", "pink"),
    ],
)
def test_bad_values_are_refused_beside_their_field(admin: User, key: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.edit(firm.actor(admin), admin, {key: value})

    assert list(refused.value.errors) == [key]


def test_people_change_their_own_name_but_not_their_address(colleague: User) -> None:
    people.edit(firm.actor(colleague), colleague, {"name": "Benjamin"})
    with pytest.raises(Refused):
        people.edit(firm.actor(colleague), colleague, {"email": "boss@nordwijk.example"})

    colleague.refresh_from_db()
    assert (colleague.name, colleague.email) == ("Benjamin", "ben@nordwijk.example")


def test_new_address_ends_links_sent_to_the_former_one(admin: User, colleague: User) -> None:
    EmailAddress.objects.create(user_id=colleague.pk, email=colleague.email, primary=True, verified=True)
    token = links.make(colleague)

    people.edit(firm.actor(admin), colleague, {"email": "benjamin@nordwijk.example"})

    assert links.use(token) is None
    assert not EmailAddress.objects.filter(email="ben@nordwijk.example").exists()


def test_last_administrator_stays(admin: User) -> None:
    ordinary = Role.objects.get(key="user")

    with pytest.raises(Refused):
        people.set_roles(firm.actor(admin), admin, [ordinary.pk])
    with pytest.raises(Refused):
        people.deactivate(firm.SYSTEM, admin)

    admin.refresh_from_db()
    assert admin.is_active
    assert people.administrators() == {admin.pk}


def test_nobody_deactivates_themselves(admin: User) -> None:
    firm.user("second@nordwijk.example", "administrator")

    with pytest.raises(Refused):
        people.deactivate(firm.actor(admin), admin)


def test_second_administrator_may_go(admin: User) -> None:
    second = firm.user("second@nordwijk.example", "administrator")

    people.deactivate(firm.actor(admin), second)

    assert people.administrators() == {admin.pk}


def test_new_role_counts_at_once(admin: User, colleague: User) -> None:
    assert not firm.actor(colleague).configures

    people.set_roles(firm.actor(admin), colleague, [Role.objects.get(key="administrator").pk])

    assert firm.actor(colleague).configures


def test_user_without_a_role_is_refused(admin: User, colleague: User) -> None:
    with pytest.raises(Invalid):
        people.set_roles(firm.actor(admin), colleague, [])

    assert [role.key for role in colleague.roles.all()] == ["user"]


def test_members_share_their_team_at_once(admin: User, colleague: User) -> None:
    team = changes.create(firm.actor(admin), "team", {"name": "Sales"}, via="test")
    alone = firm.actor(colleague)

    membership.set_members(firm.actor(admin), membership.team(team.pk), [admin.pk, colleague.pk])

    together = firm.actor(colleague)
    assert alone.team_ids == ()
    assert together.team_ids == (team.pk,)
    assert together.team_id == team.pk
    assert together.mates == {admin.pk, colleague.pk}


def test_main_team_is_one_of_the_teams(admin: User, colleague: User) -> None:
    sales, support = (
        changes.create(firm.actor(admin), "team", {"name": name}, via="test") for name in ("A", "B")
    )

    people.set_teams(firm.actor(admin), colleague, [sales.pk], support.pk)

    colleague.refresh_from_db()
    assert colleague.main_team == sales.pk
    assert TeamMember.objects.filter(user=colleague).count() == 1


def test_team_name_is_unique(admin: User) -> None:
    changes.create(firm.actor(admin), "team", {"name": "Sales"}, via="test")

    with pytest.raises(Invalid):
        changes.create(firm.actor(admin), "team", {"name": "sales"}, via="test")

    assert Team.objects.count() == 1


def test_second_factors_are_removed_by_an_administrator(admin: User, colleague: User) -> None:
    Authenticator.objects.create(user_id=colleague.pk, type="totp", data={"secret": "x"})

    people.remove_second_factors(firm.actor(admin), colleague)

    assert not Authenticator.objects.exists()


def test_ready_roles_are_made_once(db: None) -> None:
    first, second = roles.ensure_ready_roles(), roles.ensure_ready_roles()

    assert list(first) == ["administrator", "manager", "user", "read_only"]
    assert first == second
    assert Role.objects.count() == 4


def test_administrator_role_cannot_be_changed(admin: User) -> None:
    role = Role.objects.get(key="administrator")

    with pytest.raises(Refused):
        roles.edit(firm.actor(admin), role, grants={"*": {"read": "all"}})

    role.refresh_from_db()
    assert role.grants["*"]["configure"] == "all"


def test_own_role_that_alone_administers_keeps_that_right(admin: User) -> None:
    own = roles.create(firm.actor(admin), "Chief", {"*": {"configure": "all", "read": "all"}})
    people.set_roles(firm.actor(admin), admin, [own.pk])

    with pytest.raises(Refused):
        roles.edit(firm.actor(admin), own, grants={"*": {"read": "all"}})

    own.refresh_from_db()
    assert own.grants["*"]["configure"] == "all"


def test_held_role_cannot_be_deleted(admin: User, colleague: User) -> None:
    own = roles.create(firm.actor(admin), "Intern", {"*": {"read": "own"}})
    people.set_roles(firm.actor(admin), colleague, [own.pk])

    with pytest.raises(Refused):
        roles.delete(firm.actor(admin), own)

    assert Role.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    "grants",
    [
        {"nothing": {"read": "all"}},
        {"*": {"fly": "all"}},
        {"*": {"read": "galaxy"}},
        {"team": {"configure": "all"}},
    ],
)
def test_grants_outside_the_vocabulary_are_refused(admin: User, grants: dict[str, dict[str, str]]) -> None:
    with pytest.raises(Invalid):
        roles.create(firm.actor(admin), "Odd", grants)

    assert Role.objects.count() == 4


def test_edited_role_reaches_its_holders_at_once(admin: User, colleague: User) -> None:
    own = roles.create(firm.actor(admin), "Intern", {"*": {"read": "own"}})
    people.set_roles(firm.actor(admin), colleague, [own.pk])
    narrow = actors.of_user(User.objects.get(pk=colleague.pk))

    roles.edit(firm.actor(admin), own, grants={"*": {"read": "all"}})

    assert narrow.grants == ({"*": {Verb.READ: Scope.OWN}},)
    assert firm.actor(colleague).grants == ({"*": {Verb.READ: Scope.ALL}},)
