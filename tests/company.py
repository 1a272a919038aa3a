"""A firm of two teams for tests: whoever owns a record, colleagues in and out of the team, and outsiders."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access import people
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.kernel.money.models import BankDay
from aperto.kernel.pipelines import stages
from tests import firm
from tests.keepsake import kept


@dataclass
class Staff:
    """Users by what they are to a record of `owner`; `actors` holds each one's actor."""

    users: dict[str, User]
    teams: tuple[UUID, UUID]

    def actor(self, name: str) -> Actor:
        return ANONYMOUS if name == "anonymous" else firm.actor(self.users[name])

    @property
    def owner(self) -> Actor:
        return self.actor("owner")

    @property
    def admin(self) -> Actor:
        return self.actor("admin")


ROLES = {
    "admin": ("administrator", 0),
    "manager": ("manager", 1),
    "owner": ("user", 0),
    "colleague": ("user", 0),
    "outsider": ("user", 1),
    "reader": ("read_only", 1),
}


@kept
def staffed() -> Staff:
    """The firm with its people, teams and pipelines."""
    from aperto.crm import setup

    firm.found()
    BankDay.objects.create(day=date(2026, 1, 2), per_euro={"USD": "1.08", "GBP": "0.86"})
    setup.make_pipelines("en")
    stages.forget()
    teams = tuple(
        changes.create(firm.SYSTEM, "team", {"name": name}, via="test").pk for name in ("North", "South")
    )
    users: dict[str, User] = {}
    for name, (role, place) in ROLES.items():
        users[name] = firm.user(f"{name}@nordwijk.example", role, password=None)
        people.set_teams(firm.SYSTEM, users[name], [teams[place]], teams[place], via="test")
    return Staff(users, (teams[0], teams[1]))
