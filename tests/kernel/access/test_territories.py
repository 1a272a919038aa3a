"""Records go to the team of their territory."""

from typing import Any

import pytest

from aperto.kernel import changes, jobs
from aperto.kernel.access import territories
from aperto.kernel.access.models import User
from aperto.kernel.changes import outbox
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from tests import firm
from tests.firm import SYSTEM
from tests.kernel.query import invented
from tests.snapshot import unchanged


@pytest.fixture(autouse=True)
def objects() -> object:
    with invented.declared():
        yield


def made(object_key: str, **values: Any) -> Record:
    return changes.create(SYSTEM, object_key, values, via="test")


def territory(name: str, condition: str, team: Record, **more: Any) -> Record:
    values = {"name": name, "of_object": "gadget", "condition": condition, "to_team": Ref("team", team.pk)}
    return made("territory", **values, **more)


def team_of(row: Record) -> Any:
    row.refresh_from_db()
    return row.team


def test_new_records_go_to_the_first_territory_that_fits(admin: User) -> None:
    north, south = made("team", name="North"), made("team", name="South")
    territory("Big", "integer > 100", north, position=1, to_owner=Ref("user", admin.pk))
    territory("Some", "integer > 10", south, position=2)
    outbox.deliver()

    rows = [made("gadget", text="Lamp", integer=n, team=Ref("team", south.pk)) for n in (500, 50, 5)]
    bare = made("gadget", text="Lamp", integer=1)
    outbox.deliver()

    assert [team_of(row) for row in rows] == [north.pk, south.pk, south.pk] and team_of(bare) is None
    assert (rows[0].owner, rows[1].owner) == (admin.pk, None)


def test_older_records_are_assigned_on_demand(admin: User) -> None:
    north = made("team", name="North")
    row = made("gadget", text="Lamp", integer=500)
    territory("Big", "integer > 100", north)

    assert territories.assign("gadget", [row.pk], territories._active()["gadget"]) == 1
    assert team_of(row) == north.pk
    assert territories.assign("gadget", [row.pk], territories._active()["gadget"]) == 0
    with pytest.raises(Refused):
        territories.assign_later(firm.actor(firm.user("ben@nordwijk.example")), "gadget")
    assert jobs.find(admin.pk) is not None and territories.assign_later(firm.actor(admin), "gadget").id


def test_territory_needs_a_condition_that_is_understood(admin: User) -> None:
    north = made("team", name="North")
    for wrong in ("", "nonsense = 1", "integer >"):
        with pytest.raises(Invalid), unchanged():
            territory("Odd", wrong, north)
