"""Teams in a tree, and what a person holds of them."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access import membership, people, roles
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from tests import firm
from tests.firm import SYSTEM
from tests.kernel.query import invented
from tests.snapshot import unchanged


def team(name: str, parent: Record | None = None) -> Any:
    values = {"name": name, "parent": parent and Ref("team", parent.pk)}
    return changes.create(SYSTEM, "team", values, via="test")


def test_actor_holds_teams_beneath_and_their_people(admin: User, colleague: User) -> None:
    sales = team("Sales")
    north = team("North", sales)
    coast = team("Coast", north)
    membership.set_members(firm.actor(admin), sales, [admin.pk])
    membership.set_members(firm.actor(admin), coast, [colleague.pk])

    chief, sailor = firm.actor(admin), firm.actor(colleague)

    assert set(chief.below_ids) == {sales.pk, north.pk, coast.pk} and chief.team_ids == (sales.pk,)
    assert chief.below_mates == {admin.pk, colleague.pk} and chief.mates == {admin.pk}
    assert sailor.below_ids == sailor.team_ids == (coast.pk,)
    assert {sales.pk, north.pk, coast.pk} <= set(sailor.grantees)


def test_moving_a_team_is_seen_at_once(admin: User, colleague: User) -> None:
    sales, north = team("Sales"), team("North")
    membership.set_members(firm.actor(admin), sales, [admin.pk])
    assert firm.actor(admin).below_ids == (sales.pk,)

    changes.save(SYSTEM, north, {"parent": Ref("team", sales.pk)}, via="test")
    assert set(firm.actor(admin).below_ids) == {sales.pk, north.pk}

    changes.delete(SYSTEM, north, via="test")
    assert firm.actor(admin).below_ids == (sales.pk,)


def test_team_lies_not_beneath_itself(admin: User) -> None:
    sales = team("Sales")
    north = team("North", sales)
    coast = team("Coast", north)

    for child in (sales, north, coast):
        with pytest.raises(Invalid), unchanged():
            changes.save(SYSTEM, sales, {"parent": Ref("team", child.pk)}, via="test")


def test_chief_reads_and_gives_away_below(admin: User, colleague: User) -> None:
    with invented.declared():
        sales = team("Sales")
        north, east = team("North", sales), team("East")
        outsider = firm.user("eve@nordwijk.example")
        membership.set_members(firm.actor(admin), sales, [colleague.pk])
        rights = {str(verb): "below" for verb in (Verb.READ, Verb.EDIT, Verb.ASSIGN)}
        chief = roles.create(firm.actor(admin), "Chief", {"*": rights})
        people.set_roles(firm.actor(admin), colleague, [chief.pk])
        theirs = invented.keep("gadget", text="north", team=north.pk, owner=outsider.pk)
        invented.keep("gadget", text="east", team=east.pk, owner=outsider.pk)
        actor = firm.actor(colleague)

        assert records.visible(actor, "gadget").ids(9) == [theirs.pk]
        changes.save(actor, theirs, {"team": sales.pk}, via="test")
        with pytest.raises(Invalid), unchanged():
            changes.save(actor, theirs, {"team": east.pk}, via="test")
        assert actor.scope(registry.get("gadget"), Verb.DELETE) == "none"
