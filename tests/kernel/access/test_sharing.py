"""Sharing rules, single shares and private records, told by the owner, a colleague and an outsider."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from aperto.kernel import changes, records, upkeep
from aperto.kernel.access import actors, explain, membership, people, roles, sharing, viewing
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.access.share_models import RecordShare
from aperto.kernel.access.sharing import Grantee
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from tests import firm
from tests.firm import SYSTEM
from tests.kernel.query import invented
from tests.snapshot import unchanged

OWN = {"read": "own", "create": "own", "edit": "own", "share": "own", "delete": "own"}


@pytest.fixture(autouse=True)
def objects() -> object:
    with invented.declared():
        yield


@pytest.fixture
def owner(admin: User) -> User:
    return person(admin, "owner@nordwijk.example")


@pytest.fixture
def outsider(admin: User) -> User:
    return person(admin, "eve@nordwijk.example")


@pytest.fixture
def mate(admin: User) -> User:
    return person(admin, "mate@nordwijk.example")


def person(admin: User, email: str) -> User:
    """Somebody who reaches what is theirs and nothing else."""
    held = next((role for role in roles.everything() if role.name == "Own"), None)
    own = held or roles.create(firm.actor(admin), "Own", {"*": OWN})
    user = firm.user(email)
    people.set_roles(firm.actor(admin), user, [own.pk])
    return user


@pytest.fixture
def row(owner: User) -> Record:
    return invented.keep("gadget", text="Zanzibar lamp", integer=7, owner=owner.pk)


def sees(user: User, row: Record) -> bool:
    seen = records.visible(firm.actor(user), "gadget")
    found = any(hit.id == row.pk for hit in search.find(firm.actor(user), "zanzibar", objects=["gadget"]))
    listed = row.pk in {each.id for each in seen.page().rows}
    assert found == listed == seen.only([row.pk]).exists()
    return listed


def edits(user: User, row: Record) -> bool:
    try:
        changes.save(firm.actor(user), row, {"integer": 8}, via="test")
    except (Missing, Refused):
        return False
    changes.save(SYSTEM, row, {"integer": 7}, via="test")
    return True


def team(admin: User, name: str, *users: User, parent: UUID | None = None) -> Any:
    made = changes.create(
        SYSTEM, "team", {"name": name, "parent": parent and Ref("team", parent)}, via="test"
    )
    membership.set_members(firm.actor(admin), made, [user.pk for user in users])  # type: ignore[arg-type]
    return made


def rule(**values: Any) -> Record:
    return changes.create(
        SYSTEM, "sharing_rule", {"name": "Rule", "of_object": "gadget"} | values, via="test"
    )


def test_rule_shares_what_a_team_owns_with_another(
    admin: User, owner: User, mate: User, outsider: User, row: Record
) -> None:
    given = team(admin, "Sales", owner)
    taken = team(admin, "Support")
    deep = team(admin, "Night", mate, parent=taken.pk)

    made = rule(owners_team=given.pk, with_team=taken.pk)
    assert (sees(mate, row), sees(outsider, row), edits(mate, row)) == (True, False, False)

    changes.save(SYSTEM, made, {"reach": "edit"}, via="test")
    assert edits(mate, row) and not edits(outsider, row)

    membership.set_members(firm.actor(admin), deep, [outsider.pk])
    assert (sees(mate, row), sees(outsider, row)) == (False, True)

    changes.delete(SYSTEM, made, via="test")
    assert not sees(outsider, row)


def test_rule_shares_by_role_and_condition(admin: User, mate: User, outsider: User, row: Record) -> None:
    chosen = roles.create(firm.actor(admin), "Chosen", {"*": OWN})
    people.set_roles(firm.actor(admin), mate, [chosen.pk])

    made = rule(condition="integer > 5", with_role=str(chosen.pk), reach="edit")

    assert (sees(mate, row), edits(mate, row), sees(outsider, row)) == (True, True, False)
    with pytest.raises(Refused), unchanged():
        changes.save(firm.actor(mate), row, {"integer": 1}, via="test")
    changes.save(SYSTEM, made, {"condition": "integer > 50"}, via="test")
    assert not sees(mate, row)
    changes.save(SYSTEM, made, {"condition": "integer > 5", "active": False}, via="test")
    assert not sees(mate, row)


def test_rule_says_what_and_with_whom(admin: User) -> None:
    some = team(admin, "Sales")
    for wrong in (
        {"owners_team": some.pk},
        {"with_team": some.pk},
        {"condition": "nonsense = 1", "with_team": some.pk},
        {"condition": "integer > 1", "with_team": some.pk, "with_role": str(roles.everything()[0].pk)},
        {"condition": "integer > 1", "with_role": "x"},
        {"condition": "integer > 1", "with_team": some.pk, "of_object": "team"},
    ):
        with pytest.raises(Invalid), unchanged():
            rule(**wrong)


def test_single_share_reads_then_edits_then_ends(
    owner: User, mate: User, outsider: User, row: Record
) -> None:
    to = Grantee("user", mate.pk)

    sharing.share(firm.actor(owner), row, to)
    assert (sees(mate, row), edits(mate, row), sees(outsider, row)) == (True, False, False)

    given = sharing.share(
        firm.actor(owner), row, to, edit=True, expires_at=timezone.now() + timedelta(days=1)
    )
    assert edits(mate, row)
    with pytest.raises(Refused), unchanged():
        changes.delete(firm.actor(mate), row, via="test")

    RecordShare.objects.filter(pk=given.pk).update(expires_at=timezone.now() - timedelta(seconds=2))
    assert not sees(mate, row) and not edits(mate, row)
    verbs = Change.objects.filter(record=row.pk, verb="shared").values_list("diff", flat=True)
    assert [each["shared"][1]["with"] for each in verbs] == [mate.name] * 2


@pytest.mark.parametrize("kind", ["team", "role"])
def test_share_with_a_group_reaches_its_people(
    admin: User, owner: User, mate: User, outsider: User, row: Record, kind: str
) -> None:
    made: Any = (
        team(admin, "Night", mate) if kind == "team" else roles.create(firm.actor(admin), "N", {"*": OWN})
    )
    if kind == "role":
        people.set_roles(firm.actor(admin), mate, [made.pk])
    to = Grantee(kind, made.pk)

    sharing.share(firm.actor(owner), row, to)
    assert (sees(mate, row), sees(outsider, row)) == (True, False)

    sharing.unshare(firm.actor(owner), row, to)
    assert not sees(mate, row)
    with pytest.raises(Missing):
        sharing.unshare(firm.actor(owner), row, to)


def test_nobody_shares_what_is_not_theirs_to_give(
    owner: User, mate: User, outsider: User, row: Record
) -> None:
    to = Grantee("user", outsider.pk)
    with pytest.raises(Missing), unchanged():
        sharing.share(firm.actor(mate), row, to)
    sharing.share(firm.actor(owner), row, Grantee("user", mate.pk))
    with pytest.raises(Refused), unchanged():
        sharing.share(firm.actor(mate), row, to)
    for wrong in (Grantee("user", row.pk), Grantee("nobody", outsider.pk), Grantee("role", outsider.pk)):
        with pytest.raises(Invalid), unchanged():
            sharing.share(firm.actor(owner), row, wrong)
    with pytest.raises(Invalid), unchanged():
        sharing.share(firm.actor(owner), row, to, expires_at=timezone.now())


def test_private_record(admin: User, owner: User, mate: User, row: Record) -> None:
    wide = roles.create(firm.actor(admin), "Wide", {"*": dict.fromkeys(OWN, "all")})
    people.set_roles(firm.actor(admin), mate, [wide.pk])
    assert sees(mate, row)
    with pytest.raises(Refused), unchanged():
        sharing.set_private(firm.actor(mate), row, True)

    sharing.set_private(firm.actor(owner), row, True)
    assert (sees(owner, row), sees(admin, row), sees(mate, row), edits(mate, row)) == (
        True,
        True,
        False,
        False,
    )

    sharing.share(firm.actor(owner), row, Grantee("user", mate.pk))
    assert (sees(mate, row), edits(mate, row)) == (True, False)

    sharing.set_private(firm.actor(owner), row, False)
    assert edits(mate, row)


def test_why_names_the_rule(admin: User, owner: User, mate: User, outsider: User, row: Record) -> None:
    given, taken = team(admin, "Sales", owner), team(admin, "Support", mate)
    rule(name="Sales to support", owners_team=given.pk, with_team=taken.pk)
    sharing.share(firm.actor(owner), row, Grantee("user", outsider.pk), edit=True)

    [mine] = explain.why(firm.actor(owner), row)
    [theirs] = explain.why(firm.actor(mate), row)
    [single] = explain.why(firm.actor(outsider), row, Verb.EDIT)

    assert (mine.kind, mine.name, mine.scope) == ("role", "Own", Scope.OWN)
    assert (theirs.kind, theirs.name) == ("rule", "Sales to support")
    assert (single.kind, single.name) == ("share", outsider.name)
    assert explain.why(firm.actor(mate), row, Verb.EDIT) == []
    told = {each.user.pk: bool(each.edit) for each in explain.who(row)}
    assert told == {admin.pk: True, owner.pk: True, mate.pk: False, outsider.pk: True}


def test_looking_as_somebody_reads_theirs_and_writes_nothing(
    admin: User, owner: User, outsider: User, row: Record
) -> None:
    looking = viewing.start(firm.actor(admin), owner)

    assert records.visible(looking, "gadget").ids(9) == [row.pk] and looking.behind == admin.pk
    assert viewing.start(firm.actor(admin), outsider).scope(registry.get("gadget"), Verb.READ) == "own"
    with pytest.raises(Refused), unchanged():
        changes.save(looking, row, {"integer": 1}, via="test")
    with pytest.raises(Refused), unchanged():
        sharing.share(looking, row, Grantee("user", outsider.pk))
    with pytest.raises(Refused), unchanged():
        people.edit(looking, owner, {"name": "Somebody"})
    for wrong in (firm.actor(owner), looking, SYSTEM):
        with pytest.raises(Refused), unchanged():
            viewing.start(wrong, outsider)
    viewing.end(firm.actor(admin), owner)
    noted = (
        Change.objects.filter(record=owner.pk, actor=admin.pk).order_by("id").values_list("verb", flat=True)
    )
    assert list(noted)[-2:] == ["viewed_as", "view_ended"]


def test_administrator_looks_not_as_themselves_nor_as_the_deactivated(admin: User, mate: User) -> None:
    people.deactivate(firm.actor(admin), mate)

    for user in (admin, mate):
        user.refresh_from_db()
        with pytest.raises(Refused):
            actors.viewing_as(firm.actor(admin), user)


def test_expired_shares_are_removed_and_others_stay(
    owner: User, outsider: User, mate: User, row: Record
) -> None:
    for user, days in ((outsider, 1), (mate, 3)):
        until = timezone.now() + timedelta(days=days)
        sharing.share(firm.actor(owner), row, Grantee("user", user.pk), expires_at=until)
    RecordShare.objects.filter(grantee=outsider.pk).update(expires_at=timezone.now())

    assert upkeep.remove_expired_shares.func() == 1
    assert [held.grantee for held in RecordShare.objects.all()] == [mate.pk]
