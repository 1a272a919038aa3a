"""A firm with many rules: what one ordinary user is given by roles, teams, sharing rules and private records.

Written straight into the tables of rights, because what is measured is reading.
"""

from collections.abc import Iterator
from functools import partial
from random import Random
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access import actors, explain
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role, TeamMember, User
from aperto.kernel.access.share_models import PrivateRecord
from aperto.kernel.access.sharing_rule import SharingRule
from aperto.kernel.access.team import Team
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry
from bench.inside import ADMINISTRATOR, Told, cost
from bench.seeding.firm import MEASURED

ROLES, TEAMS, RULES = 60, 8, 500
PRIVATE = (2_000, 20_000)
SHOWN = ("title", "company", "job_title", "emails", "phones", "status", "owner", "last_activity")
ASKS = (
    ("contact list, default sort", "", ""),
    ("by name", "", "title"),
    ("by a column without an index", "", "job_title"),
    ("customers", "status = customer", ""),
)
BY_CONDITION = ("status = customer", "source = partner", "country = NL", "no_email = yes")


def measured() -> Iterator[Told]:
    """Lists as the user and as an administrator; then who sees a record."""
    user = User.objects.get(email=MEASURED)
    give(user)
    yield from _compared("60 roles, 8 teams, 500 rules")
    for number in PRIVATE:
        seclude("contact", number)
        yield from _compared(f"and {number:,} private records")
    record = records.visible(_actor(ADMINISTRATOR), "contact").page(limit=1).rows[0]
    found = records.visible(_actor(ADMINISTRATOR), "contact").get(record.id)
    yield "who can see this", {"cpu_ms": cost(lambda: list(explain.who(found)), 5)}


def _compared(name: str) -> Iterator[Told]:
    mine, all_ = _actor(MEASURED), _actor(ADMINISTRATOR)
    for what, filter_, sort in ASKS:
        cpu, full = (cost(partial(_page, actor, filter_, sort)) for actor in (mine, all_))
        yield f"{what}; {name}", {"cpu_ms": cpu, "administrator_ms": full, "ratio": cpu / full}


def _page(actor: Actor, filter_: str, sort: str) -> object:
    return records.visible(actor, "contact").matching(filter_).page(columns=SHOWN, sort=sort)


def _actor(email: str) -> Actor:
    return actors.of_user(User.objects.get(email=email))


def give(user: User) -> None:
    """60 roles, 8 teams (the user's own, two more that own records, five that own none) and 500 rules,
    of which every tenth shares by a condition."""
    chance = Random(1)
    roles = [_role(number, chance) for number in range(ROLES)]
    Role.objects.bulk_create(roles)
    user.roles.set(roles)
    held = set(TeamMember.objects.filter(user=user).values_list("team", flat=True))
    owning = [key for key in Team.objects.order_by("pk").values_list("pk", flat=True) if key not in held]
    made = [Team(id=uuid7(), version=1, **_named(f"Task force {number}")) for number in range(TEAMS - 3)]
    Team.objects.bulk_create(made)
    mine = [*owning[:2], *(team.pk for team in made)]
    TeamMember.objects.bulk_create(TeamMember(team=team, user=user) for team in mine)
    rules = [_rule(number, owning[2:], mine, roles) for number in range(RULES)]
    SharingRule.objects.bulk_create(rules)
    actors.rights_changed()


def _role(number: int, chance: Random) -> Role:
    scopes = {"read": chance.choice(["own", "team"]), "edit": "own"}
    return Role(name=f"Role {number}", grants={"*": {"read": "team", "edit": "own"}, "contact": scopes})


def _rule(number: int, owning: list[UUID], mine: list[UUID], roles: list[Role]) -> SharingRule:
    """Records of one of three teams, or some of a fourth, with a team or a role of the user."""
    return SharingRule(
        id=uuid7(),
        of_object="contact",
        owners_team=owning[3 if number % 10 == 0 else number % 3],
        with_team=mine[number % len(mine)] if number % 2 else None,
        with_role=None if number % 2 else str(roles[number % ROLES].pk),
        condition=BY_CONDITION[number // 10 % len(BY_CONDITION)] if number % 10 == 0 else None,
        reach="read",
        active=True,
        version=1,
        **_named(f"Rule {number}"),
    )


def _named(name: str) -> dict[str, str]:
    return {"name": name, "name_folded": name.lower(), "title": name, "title_folded": name.lower()}


def seclude(object_key: str, number: int) -> None:
    """So many records in all are private, of owners all over the firm; the newest among them, which lists
    show first."""
    rows = registry.get(object_key).model.objects.order_by("-updated_at")
    total = rows.count()
    held = PrivateRecord.objects.count()
    half = (number - held) // 2
    newest = list(rows.values_list("pk", flat=True)[: half * 4 : 4])
    step = max(1, total // (half + 1))
    spread = list(rows.order_by("pk").values_list("pk", flat=True)[::step][:half])
    private = (PrivateRecord(record=key, object=object_key) for key in {*newest, *spread})
    PrivateRecord.objects.bulk_create(private, ignore_conflicts=True)
    actors.rights_changed()
