"""Scopes, conditions and sharing: who reaches which rows, as a condition and as a yes or no."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel import records
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import Area, reach_of
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.access.share_models import PrivateRecord, RecordShare
from aperto.kernel.access.shared import Shared
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import paged
from tests.fakes.models import Gadget
from tests.kernel.query import invented

ME, MATE, STRANGER = uuid7(), uuid7(), uuid7()
OURS, BELOW, THEIRS = uuid7(), uuid7(), uuid7()
ROLE = uuid7()
FILTERS = ("", "integer > 5", "boolean = true", "owner = me", "text ~ se", "no_such_field = 1")


@pytest.fixture(autouse=True)
def objects() -> object:
    with invented.declared():
        yield


def keep(n: int, owner: UUID | None, team: UUID | None) -> UUID:
    values = {"text": f"Secret {n}", "integer": n, "boolean": n % 2 == 0, "owner": owner, "team": team}
    return invented.keep("gadget", **values).pk


@pytest.fixture
def rows(db: None) -> list[UUID]:
    """A row for each pair of an owner and a team; every third one is private, every fourth is shared."""
    pairs = [(owner, team) for owner in (ME, MATE, STRANGER, None) for team in (OURS, BELOW, THEIRS, None)]
    keys = [keep(n, *pair) for n, pair in enumerate(pairs)]
    PrivateRecord.objects.bulk_create(PrivateRecord(record=key, object="gadget") for key in keys[::3])
    RecordShare.objects.bulk_create(
        RecordShare(object="gadget", record=key, kind="role", grantee=ROLE, edit=n % 2 == 0)
        for n, key in enumerate(keys[::4])
    )
    return keys


scopes = st.sampled_from(list(Scope))
row = st.fixed_dictionaries({}, optional={str(verb): scopes.map(str) for verb in (Verb.READ, Verb.EDIT)})
grants = st.fixed_dictionaries({}, optional={"*": row, "gadget": row})
conditions = st.fixed_dictionaries(
    {}, optional={"gadget": st.fixed_dictionaries({}, optional={"read": st.sampled_from(FILTERS)})}
)
people = st.none() | st.frozensets(st.sampled_from([ME, MATE, STRANGER]))
shared = st.builds(Shared, people, st.sampled_from(FILTERS), st.booleans())
actors = st.builds(
    lambda pairs, shared, singly, secluded, teams: Actor(
        "user",
        user_id=ME,
        team_ids=teams,
        below_ids=(*teams, BELOW) if teams else (),
        grantees=(ME, ROLE),
        grants=tuple(one for one, _two in pairs),
        conditions=tuple(two for _one, two in pairs),
        shared={"gadget": tuple(shared)},
        singly=frozenset(["gadget"] if singly else []),
        secluded=frozenset(["gadget"] if secluded else []),
    ),
    st.lists(st.tuples(grants, conditions), max_size=3),
    st.lists(shared, max_size=3),
    st.booleans(),
    st.booleans(),
    st.sampled_from([(), (OURS,), (OURS, THEIRS)]),
)


@given(actor=actors, verb=st.sampled_from([Verb.READ, Verb.EDIT]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_yes_or_no_agrees_with_the_condition(rows: list[UUID], actor: Actor, verb: Verb) -> None:
    gadget = registry.get("gadget")
    owned = [Owned.of(each) for each in Gadget._default_manager.all()]

    reached = set(
        Gadget._default_manager.filter(rules.condition(actor, gadget, verb)).values_list("pk", flat=True)
    )

    assert rules.allowed(actor, gadget, verb, owned) == reached
    assert {
        each.id for each in owned if rules.allows(actor, gadget, verb, each.owner, each.team, each.id)
    } == reached


@given(actor=actors)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_and_counts_show_what_the_condition_reaches(rows: list[UUID], actor: Actor) -> None:
    gadget = registry.get("gadget")
    reached = set(
        Gadget._default_manager.filter(rules.condition(actor, gadget, Verb.READ)).values_list("pk", flat=True)
    )
    selection = records.visible(actor, "gadget")

    assert selection.count().number == len(reached)
    for sort in ("-updated_at", "integer"):
        assert {each.id for each in selection.page(sort=sort).rows} == reached


@given(actor=actors)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_given_a_verb_that_no_role_names(rows: list[UUID], actor: Actor) -> None:
    gadget = registry.get("gadget")

    for verb in (Verb.READ, Verb.EDIT):
        if not actor.may(gadget, verb):
            assert reach_of(actor, gadget, verb).is_nothing


def test_team_and_below_reaches_the_teams_beneath(rows: list[UUID]) -> None:
    actor = Actor("user", ME, team_ids=(OURS,), below_ids=(OURS, BELOW), grants=({"*": {"read": "below"}},))

    seen = records.visible(actor, "gadget").page(columns=("owner", "team")).rows

    assert {each.values["team"].id for each in seen if each.values["team"]} == {OURS, BELOW, THEIRS}
    assert all(each.values["owner"].id == ME for each in seen if each.values["team"] is None)


@pytest.mark.parametrize("spare", [0, 2, 50])
def test_a_page_sorted_without_an_index_leaves_private_records_out(
    rows: list[UUID], spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are found before it is asked which are private: with a few to spare, or read again."""
    monkeypatch.setattr(paged, "SPARE", spare)
    actor = Actor("user", ME, grants=({"*": {"read": "all"}},), secluded=frozenset(["gadget"]))
    selection = records.visible(actor, "gadget")

    found: list[UUID] = []
    after: str | None = None
    while after or not found:
        page = selection.page(columns=("integer",), sort="integer", after=after, limit=3)
        found, after = [*found, *(row.id for row in page.rows)], page.next

    assert found == [key for n, key in enumerate(rows) if n % 3 or n < 4]  # the first four are mine


def test_a_filter_is_not_asked_where_owner_and_team_tell() -> None:
    """Five hundred rules of the same people come to one list of keys, whatever else some of them demand."""
    own = Shared(frozenset([ME, MATE]), "", edit=False)
    some = Shared(frozenset([MATE, STRANGER]), "integer > 5", edit=False)
    actor = Actor("user", ME, grants=({"*": {"read": "own"}},), shared={"gadget": (own, some)})

    reach = reach_of(actor, registry.get("gadget"), Verb.READ)

    assert reach.plain == Area(owners=frozenset([ME, MATE]))
    assert reach.filtered == (("integer > 5", Area(owners=frozenset([STRANGER]))),)


def test_private_records_are_their_owners_alone(rows: list[UUID]) -> None:
    gadget = registry.get("gadget")
    everybody = {"*": {"read": "all"}}
    actor = Actor("user", ME, grants=(everybody,), secluded=frozenset(["gadget"]))
    administrator = Actor(
        "user", ME, grants=({"*": {"read": "all", "configure": "all"}},), secluded=frozenset(["gadget"])
    )
    hidden = {key for n, key in enumerate(rows) if n % 3 == 0 and n >= 4}  # the first four are mine

    seen = {each.id for each in records.visible(actor, "gadget").page().rows}

    assert seen == set(rows) - hidden
    assert records.visible(administrator, "gadget").count().number == len(rows)
    assert not rules.is_even(actor, gadget, Verb.EDIT) or not actor.may(gadget, Verb.EDIT)


def test_a_circle_of_conditions_ends(rows: list[UUID]) -> None:
    condition = {"gadget": {"read": "parent.parent.text ~ se or integer < 3"}}
    actor = Actor("user", ME, grants=({"*": {"read": "all"}},), conditions=(condition,))

    assert len(records.visible(actor, "gadget").page().rows) == 3
