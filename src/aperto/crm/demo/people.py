"""The firm itself: its organisation, teams and colleagues."""

from dataclasses import dataclass, replace

from aperto.crm.demo.vocabulary import Vocabulary
from aperto.kernel import changes
from aperto.kernel.access import actors, people, roles, setup
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import READY_ROLES
from aperto.kernel.folding import fold

CURRENCIES = {"GB": "GBP"}
ZONES = {"NL": "Europe/Amsterdam", "GB": "Europe/London", "FR": "Europe/Paris", "PT": "Europe/Lisbon"}
DOMAIN = "aperto.example"  # reserved: no mail to it can ever arrive


@dataclass(frozen=True, eq=False)
class Colleague:
    user: User
    actor: Actor


def found(words: Vocabulary, language: str) -> list[Colleague]:
    """The organisation with its teams, an administrator first, then managers, users and a reader."""
    boss = _name(words, 0)
    firm = {
        "name": words.organisation,
        "language": language,
        "country": words.country,
        "currency": CURRENCIES.get(words.country, "EUR"),
        "zone": ZONES[words.country],
    }
    first = setup.start(firm, {"name": boss, "email": address(boss)}, None, demo=True)
    ready = roles.ensure_ready_roles()
    actor = system("demo")
    teams = [changes.create(actor, "team", {"name": name}, via="demo").pk for name in words.teams]
    people.set_teams(actor, first, teams[:1], teams[0], via="demo")
    staff = [first]
    for place, role in enumerate(("manager", "user", "user", "user", "user", "user", "read_only"), 1):
        name = _name(words, place)
        person = {"name": name, "email": address(name), "language": language, "zone": firm["zone"]}
        user = people.create(actor, person, roles=[ready[role].pk], password=None, via="demo")
        team = teams[place % len(teams)]
        people.set_teams(actor, user, [team], team, via="demo")
        staff.append(user)
    fresh = [people.get(user.pk) for user in staff]  # with the stamp that the last change of rights left
    return [Colleague(user, _writing(user)) for user in fresh]


def _name(words: Vocabulary, place: int) -> str:
    first = words.first_names[place * 3 % len(words.first_names)]
    return f"{first} {words.last_names[place * 5 % len(words.last_names)]}"


def address(name: str) -> str:
    """A mail address at the firm, from a name with any letters."""

    return f"{fold(name).replace(' ', '.').replace(chr(39), '')}@{DOMAIN}"


def _writing(user: User) -> Actor:
    """The colleague's own actor, so that history names who wrote; with the widest rights for the telling."""
    own = actors.of_user(user)
    return replace(own, grants=(READY_ROLES["administrator"][1],), conditions=(), field_rights=())
