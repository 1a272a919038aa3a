"""Conditions on a right hold before a write and after it."""

from typing import Any
from uuid import UUID

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access import roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.changes import Draft
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.record import Record
from tests import firm
from tests.kernel.query import invented
from tests.snapshot import unchanged

ME, OTHER = uuid7(), uuid7()


@pytest.fixture(autouse=True)
def objects(db: None) -> object:
    with invented.declared():
        yield


def person(conditions: dict[str, str], **grants: str) -> Actor:
    rights = {"read": "all", "create": "all", "edit": "all", "delete": "all"} | grants
    return Actor("user", ME, grants=({"*": rights},), conditions=({"gadget": conditions},))


def gadget(**values: Any) -> Record:
    return invented.keep("gadget", **({"owner": OTHER} | values))


def test_read_condition_hides_the_other_rows() -> None:
    seen, hidden = gadget(integer=10), gadget(integer=1)
    actor = person({"read": "integer > 5"})

    assert records.visible(actor, "gadget").ids(9) == [seen.pk]
    with pytest.raises(Missing):
        records.visible(actor, "gadget").get(hidden.pk)
    with pytest.raises(Missing), unchanged():
        changes.save(actor, hidden, {"text": "mine now"}, via="test")


def test_edit_condition_holds_before_the_write() -> None:
    actor, other = person({"edit": "integer > 5"}), gadget(integer=1)

    with pytest.raises(Refused), unchanged():
        changes.save(actor, other, {"integer": 10}, via="test")


def test_edit_condition_holds_after_the_write() -> None:
    actor, mine = person({"edit": "integer > 5"}), gadget(integer=10)

    changes.save(actor, mine, {"integer": 9}, via="test")
    with pytest.raises(Refused), unchanged():
        changes.save(actor, mine, {"integer": 1}, via="test")


def test_wider_right_lets_a_record_be_moved_out() -> None:
    actor, mine = person({"edit": "integer > 5"}), gadget(integer=10, owner=ME)
    both = Actor("user", ME, grants=(*actor.grants, {"*": {"edit": "own"}}), conditions=actor.conditions)

    assert changes.save(both, mine, {"integer": 1}, via="test").change is not None


def test_create_condition_is_asked_of_the_new_record() -> None:
    actor = person({"create": "integer > 5"})

    with pytest.raises(Refused), unchanged():
        changes.create(actor, "gadget", {"text": "small", "integer": 1, "owner": None}, via="test")
    assert changes.create(actor, "gadget", {"text": "big", "integer": 9, "owner": None}, via="test").pk


def test_refused_draft_does_not_stop_the_others() -> None:
    actor, first, second = person({"edit": "integer > 5"}), gadget(integer=10), gadget(integer=20)
    drafts = [Draft({"integer": 1}, record=first.pk), Draft({"integer": 30}, record=second.pk)]

    one, two = changes.save_many(actor, "gadget", drafts, via="test")

    assert isinstance(one.error, Refused) and two.change is not None
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.integer, second.integer) == (10, 30)  # type: ignore[attr-defined]


def test_delete_condition() -> None:
    actor, small, big = person({"delete": "integer > 5"}), gadget(integer=1), gadget(integer=9)

    with pytest.raises(Refused), unchanged():
        changes.delete(actor, small, via="test")
    assert changes.delete(actor, big, via="test").verb == "deleted"


def test_condition_that_lost_its_meaning_gives_nothing() -> None:
    gadget(integer=10)

    assert records.visible(person({"read": "nonsense = 5"}), "gadget").count().number == 0


@pytest.fixture
def admin() -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator")


def test_role_keeps_conditions_that_can_be_understood(admin: User) -> None:
    actor = firm.actor(admin)
    made = roles.create(
        actor, "Half", {"*": {"read": "all"}}, conditions={"gadget": {"read": " integer > 5 "}}
    )

    assert roles.get(made.pk).conditions == {"gadget": {"read": "integer > 5"}}
    for wrong in (
        {"gadget": {"read": "nonsense = 1"}},
        {"gadget": {"read": "integer >"}},
        {"team": {"read": "x"}},
        {"gadget": {"import": "integer > 5"}},
        {"*": {"read": "integer > 5"}},
    ):
        with pytest.raises(Invalid), unchanged():
            roles.edit(actor, made, conditions=wrong)


def test_hop_in_a_condition_reads_what_its_holder_cannot(admin: User) -> None:
    key: UUID = gadget(integer=10).pk
    child = gadget(integer=1, parent=invented_ref(key))
    actor = person({"read": "parent.integer > 5"})

    assert records.visible(actor, "gadget").ids(9) == [child.pk]


def invented_ref(key: UUID) -> Any:
    from aperto.kernel.fields.base import Ref  # noqa: PLC0415 - of one test alone

    return Ref("gadget", key)
