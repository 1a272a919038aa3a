"""An office for tests of pages: who owns a record, who shares a team, who does not, and who only reads."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from tests import firm
from tests.keepsake import kept


@dataclass
class Office:
    """`owner` and `colleague` are in one team, `outsider` in another; `reader` may only read."""

    admin: User
    owner: User
    colleague: User
    outsider: User
    reader: User
    team: UUID
    other_team: UUID

    def actor(self, user: User | None = None) -> Actor:
        return firm.actor(user or self.owner)

    def client(self, user: User | None = None) -> Client:
        """A browser in which this user has signed in."""
        client = Client()
        client.force_login(user or self.owner)
        return client

    def make(self, object_key: str, user: User | None = None, **values: Any) -> Record:
        return changes.create(self.actor(user), object_key, values, via="test")

    def stage(self, object_key: str, name: str) -> UUID:
        return next(step.id for step in stages.of_object(object_key) if step.name == name)


@kept
def found() -> Office:
    firm.found()
    admin = firm.user("ada@nordwijk.example", "administrator")
    north, south = (
        changes.create(firm.SYSTEM, "team", {"name": name}, via="test").pk for name in ("North", "South")
    )
    owner, colleague, outsider = (firm.user(f"{name}@nordwijk.example") for name in ("olga", "cas", "otto"))
    reader = firm.user("rea@nordwijk.example", "read_only")
    for user, team in ((owner, north), (colleague, north), (outsider, south)):
        people.set_teams(firm.SYSTEM, user, [team], team, via="test")
    for user in (owner, colleague, outsider):
        user.refresh_from_db()
    _pipeline()
    return Office(admin, owner, colleague, outsider, reader, north, south)


def _pipeline() -> None:
    """Three open stages, a won and a lost one; the third requires an amount."""
    made = changes.create(firm.SYSTEM, "pipeline", {"name": "Sales", "of_object": "deal"}, via="test")
    steps: list[dict[str, Any]] = [
        {"name": "Qualify"},
        {"name": "Discovery", "ageing_days": 5},
        {"name": "Proposal", "required_fields": ["amount"]},
        {"name": "Won", "kind": "won", "hue": "green"},
        {"name": "Lost", "kind": "lost", "hue": "red"},
    ]
    for position, step in enumerate(steps):
        changes.create(firm.SYSTEM, "stage", {"pipeline": made.pk, "position": position, **step}, via="test")
    stages.forget()
