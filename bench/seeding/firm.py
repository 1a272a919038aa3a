"""The firm that is measured: fifty people in eight teams, each with the rights of an ordinary user."""

from dataclasses import dataclass
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access import actors, people, roles, setup
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.models import User
from bench.seeding.names import Tongue, tongues
from bench.seeding.shape import Shape

FIRM = {
    "name": "Northgate Trading",
    "language": "en",
    "country": "NL",
    "currency": "EUR",
    "zone": "Europe/Amsterdam",
}
DOMAIN = "bench.example"
MEASURED = f"owner1@{DOMAIN}"  # whose requests are measured: an English user of the first team


@dataclass(frozen=True, eq=False)
class Owner:
    user: User
    actor: Actor
    tongue: Tongue


def found(shape: Shape) -> list[Owner]:
    """The organisation, its administrator, its teams, and the owners of all records."""
    setup.start(FIRM, {"name": "Ada Bridge", "email": f"admin@{DOMAIN}"}, None)
    ready = roles.ensure_ready_roles()
    system_ = system("benchmark")
    teams = [_team(system_, number) for number in range(1, shape.teams + 1)]
    users = []
    for number in range(1, shape.owners + 1):
        speaks = tongues()[number % shape.teams % 4 - 1]
        name = f"{speaks.words.first_names[number % 24]} {speaks.words.last_names[number * 5 % 24]}"
        person = {"name": name, "email": f"owner{number}@{DOMAIN}", "language": "en", "zone": FIRM["zone"]}
        user = people.create(system_, person, roles=[ready["user"].pk], password=None, via="bench")
        team = teams[number % shape.teams - 1]
        people.set_teams(system_, user, [team], team, via="bench")
        users.append((user.pk, speaks))
    fresh = User.objects.in_bulk([key for key, _speaks in users])
    return [Owner(fresh[key], actors.of_user(fresh[key]), speaks) for key, speaks in users]


def _team(actor: Actor, number: int) -> UUID:
    return changes.create(actor, "team", {"name": f"Team {number}"}, via="bench").pk
