"""How far an actor's right reaches, by who it is: reckoned from roles alone, without a database."""

import pytest

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import EVERYTHING, Area, Reach, reach_of
from aperto.kernel.access.scopes import Scope, Verb, every
from aperto.kernel.access.shared import Shared
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry

ME, MATE, OURS, BELOW = uuid7(), uuid7(), uuid7(), uuid7()
ADMINISTRATOR = ({"*": every(Scope.ALL, *Verb)},)
READER = ({"*": every(Scope.OWN, Verb.READ)},)
PLAIN, OPEN, CLOSED = "contact", "team", "custom_field"


def scopes(actor: Actor, *objects: str) -> list[tuple[Scope, Scope]]:
    """Of reading and of editing each of the objects."""
    named = [registry.get(key) for key in objects]
    return [(actor.scope(each, Verb.READ), actor.scope(each, Verb.EDIT)) for each in named]


def test_plain_open_and_closed_are_what_they_are_taken_for() -> None:
    plain, opened, closed = (registry.get(key) for key in (PLAIN, OPEN, CLOSED))

    assert [each.administered for each in (plain, opened, closed)] == [False, True, True]
    assert [opened.closed, closed.closed] == [False, True]


def test_system_reaches_everything_and_configures() -> None:
    system = Actor("system", reason="test")

    assert scopes(system, PLAIN, OPEN, CLOSED) == [(Scope.ALL, Scope.ALL)] * 3
    assert system.configures
    assert system.may(registry.get(PLAIN), Verb.DELETE)


def test_system_needs_neither_roles_nor_scopes() -> None:
    system = Actor("system", narrowed=frozenset())

    assert system.configures
    assert scopes(system, PLAIN) == [(Scope.ALL, Scope.ALL)]


def test_anonymous_reaches_nothing_whatever_roles_say() -> None:
    nobody = Actor("anonymous", grants=ADMINISTRATOR)

    assert scopes(nobody, PLAIN, OPEN, CLOSED) == [(Scope.NONE, Scope.NONE)] * 3
    assert not nobody.configures
    assert not nobody.may(registry.get(PLAIN), Verb.READ)


@pytest.mark.parametrize("kind", ["user", "token"])
def test_administrator_reads_what_is_closed_and_writes_configuration(kind: str) -> None:
    administrator = Actor(kind, ME, grants=ADMINISTRATOR)

    assert scopes(administrator, PLAIN, OPEN, CLOSED) == [(Scope.ALL, Scope.ALL)] * 3
    assert administrator.configures


def test_reader_reads_open_configuration_and_no_closed_one() -> None:
    reader = Actor("user", ME, grants=READER)

    assert scopes(reader, PLAIN, OPEN, CLOSED) == [
        (Scope.OWN, Scope.NONE),
        (Scope.ALL, Scope.NONE),
        (Scope.NONE, Scope.NONE),
    ]
    assert not reader.configures


def test_kind_that_is_neither_user_nor_token_configures_nothing() -> None:
    assert not Actor("portal", ME, grants=ADMINISTRATOR).configures


@pytest.mark.parametrize(
    ("narrowed", "plain", "opened", "closed"),
    [
        ({"*:*"}, (Scope.ALL, Scope.ALL), (Scope.ALL, Scope.ALL), (Scope.ALL, Scope.ALL)),
        ({"*:read"}, (Scope.ALL, Scope.NONE), (Scope.ALL, Scope.NONE), (Scope.ALL, Scope.NONE)),
        ({"contact:*"}, (Scope.ALL, Scope.ALL), (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE)),
        ({"contact:edit"}, (Scope.NONE, Scope.ALL), (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE)),
        ({"team:edit"}, (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE)),
        (set(), (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE), (Scope.NONE, Scope.NONE)),
    ],
)
def test_token_reaches_what_its_scopes_name(
    narrowed: set[str], plain: tuple[Scope, Scope], opened: tuple[Scope, Scope], closed: tuple[Scope, Scope]
) -> None:
    token = Actor("token", ME, grants=ADMINISTRATOR, narrowed=frozenset(narrowed))

    assert scopes(token, PLAIN, OPEN, CLOSED) == [plain, opened, closed]
    assert token.configures is ("*:*" in narrowed)


def test_teams_below_are_ones_own_when_there_are_none() -> None:
    scope = every(Scope.BELOW, Verb.READ)
    here = Actor("user", ME, team_ids=(OURS,), grants=({"*": scope},))
    above = Actor("user", ME, team_ids=(OURS,), below_ids=(OURS, BELOW), grants=({"*": scope},))
    contact = registry.get(PLAIN)

    assert reach_of(here, contact, Verb.READ).plain == Area(owners=frozenset([ME]), teams=frozenset([OURS]))
    assert reach_of(above, contact, Verb.READ).plain == Area(
        owners=frozenset([ME]), teams=frozenset([OURS, BELOW])
    )


@pytest.mark.parametrize(
    ("verb", "edit", "opened"),
    [
        (Verb.READ, False, True),
        (Verb.EDIT, False, False),
        (Verb.EDIT, True, True),
        (Verb.DELETE, True, False),
    ],
)
def test_sharing_rule_widens_reading_and_where_it_says_so_editing(
    verb: Verb, edit: bool, opened: bool
) -> None:
    rule = Shared(frozenset([MATE]), "", edit)
    actor = Actor("user", ME, grants=({"*": every(Scope.OWN, *Verb)},), shared={PLAIN: (rule,)})

    owners = {ME, MATE} if opened else {ME}
    assert reach_of(actor, registry.get(PLAIN), verb).plain == Area(owners=frozenset(owners))


def test_sharing_brings_nothing_to_whom_no_role_gives_the_verb() -> None:
    actor = Actor("user", ME, shared={PLAIN: (Shared(None, "", True),)}, singly=frozenset([PLAIN]))

    assert reach_of(actor, registry.get(PLAIN), Verb.READ) == Reach()


def test_private_records_are_hidden_from_all_but_whoever_configures() -> None:
    contact = registry.get(PLAIN)
    everything = ({"*": every(Scope.ALL, Verb.READ, Verb.EDIT)},)
    plain = Actor("user", ME, grants=everything, secluded=frozenset([PLAIN]))
    administrator = Actor("user", ME, grants=ADMINISTRATOR, secluded=frozenset([PLAIN]))

    assert reach_of(plain, contact, Verb.READ).secluded
    assert not reach_of(plain, registry.get("company"), Verb.READ).secluded
    assert reach_of(administrator, contact, Verb.READ) == Reach(EVERYTHING)


def test_configuration_is_reached_whole_or_not_at_all() -> None:
    reader = Actor("user", ME, grants=READER, secluded=frozenset([OPEN]), singly=frozenset([OPEN, CLOSED]))

    assert reach_of(reader, registry.get(OPEN), Verb.READ) == Reach(EVERYTHING)
    assert reach_of(reader, registry.get(CLOSED), Verb.READ) == Reach()
