"""A hidden field is nowhere, and a locked one is read only. A word in a hidden field stands for a secret."""

from typing import Any
from uuid import UUID

import pytest

from aperto.kernel import changes, duplicates, records, timeline
from aperto.kernel.access import roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor, limits_of
from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError, Invalid, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import Match, Related
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.kernel.query.completion import complete
from aperto.kernel.query.readable import readable
from tests import firm
from tests.kernel.query import invented
from tests.snapshot import unchanged

ME = uuid7()
EVERYTHING = {"*": {"read": "all", "create": "all", "edit": "all", "export": "all"}}
HIDDEN = {"gadget": {"long_text": "hidden", "integer": "hidden", "emails": "hidden", "parent": "hidden"}}
SECRET = "Zanzibar"


@pytest.fixture(autouse=True)
def objects(db: None) -> object:
    with invented.declared():
        gadget = registry.get("gadget")
        gadget.columns, gadget.default_sort = ("title", "integer", "long_text"), "integer"
        gadget.duplicates = (Match("emails"),)
        gadget.related = (Related("gadget", by="parent"), Related("gizmo", by="parent"))
        yield


@pytest.fixture
def row() -> UUID:
    mail = [{"address": "zanzibar@nordwijk.example", "type": "work", "primary": True}]
    return invented.keep("gadget", text="Lamp", long_text=f"{SECRET} lies far", integer=77, emails=mail).pk


def person(*field_rights: Any) -> Actor:
    return Actor("user", ME, grants=(EVERYTHING,) * len(field_rights), field_rights=field_rights)


def test_widest_right_of_all_roles_counts() -> None:
    locked = {"gadget": {"long_text": "readonly", "integer": "hidden"}}

    assert limits_of(person(HIDDEN, locked), "gadget") == {"long_text": "readonly", "integer": "hidden"}
    assert limits_of(person(HIDDEN, {}), "gadget") == {}
    closed = Actor("user", ME, grants=(EVERYTHING, {"*": {}}), field_rights=(HIDDEN, {}))
    assert limits_of(closed, "gadget") == HIDDEN["gadget"]


def test_whoever_has_no_limits_is_given_the_object_itself() -> None:
    gadget = registry.get("gadget")

    assert for_actor(person({}), gadget) is gadget
    limited = person(HIDDEN)
    assert for_actor(limited, gadget) is for_actor(limited, gadget)
    assert for_actor(limited, for_actor(limited, gadget)) is for_actor(limited, gadget)


def test_layout_names_no_hidden_field() -> None:
    seen = for_actor(person(HIDDEN), registry.get("gadget"))

    assert not HIDDEN["gadget"].keys() & seen.fields.keys()
    assert seen.columns == ("title",) and seen.default_sort == "-updated_at" and seen.duplicates == ()
    assert [each.object for each in seen.related] == ["gizmo"]


@pytest.mark.parametrize("key", HIDDEN["gadget"])
def test_hidden_field_cannot_be_asked_for(row: UUID, key: str) -> None:
    seen = records.visible(person(HIDDEN), "gadget")

    for ask in (
        lambda: seen.page(columns=[key]),
        lambda: seen.page(sort=key),
        lambda: seen.matching(f"{key} is filled").count(),
        lambda: seen.matching(f"parent.{key} is filled").count(),
        lambda: seen.aggregate([(key, "filled")]),
        lambda: seen.lanes(key),
    ):
        with pytest.raises(FieldError):
            ask()


def test_hidden_field_is_in_no_row(row: UUID) -> None:
    [found] = records.visible(person(HIDDEN), "gadget").page().rows

    assert found.title == "Lamp" and found.values.keys() == {"title"}


def test_hidden_words_find_nothing(row: UUID) -> None:
    for text in (SECRET, SECRET.lower()[:5], "zanzibar@nordwijk", f"Lamp {SECRET}", "Zanzibra"):
        assert search.find(person({}), text, objects=["gadget"]) or text == "Zanzibra"
        assert search.find(person(HIDDEN), text, objects=["gadget"]) == []
    [hit] = search.find(person(HIDDEN), "Lamp", objects=["gadget"])
    assert SECRET not in hit.title + hit.subtitle and "zanzibar" not in hit.subtitle


def test_completion_names_no_hidden_field(row: UUID) -> None:
    for text in ("in", "long", "em", "par", "parent.in"):
        told = complete(person(HIDDEN), "gadget", text, len(text))
        assert not HIDDEN["gadget"].keys() & {each.insert.strip() for each in told}


def test_duplicates_tell_nothing_of_hidden_values(row: UUID) -> None:
    changes.save(person({}), records.visible(person({}), "gadget").get(row), {"integer": 78}, via="test")
    values = {"emails": "zanzibar@nordwijk.example"}

    assert duplicates.find(person(HIDDEN), registry.get("gadget"), values) == []


def test_hidden_and_locked_fields_are_not_written(row: UUID) -> None:
    record = records.visible(person({}), "gadget").get(row)
    locked = person({"gadget": {"integer": "readonly"}})

    for actor, key in ((person(HIDDEN), "integer"), (locked, "integer")):
        with pytest.raises(Invalid) as refused, unchanged():
            changes.save(actor, record, {key: 5, "text": "Torch"}, via="test")
        assert refused.value.errors.keys() == {"integer"}
    assert readable(locked, registry.get("gadget"))["integer"].readonly
    assert not registry.get("gadget").fields["integer"].readonly


def test_undo_neither_tells_nor_changes_what_is_hidden(row: UUID) -> None:
    record = records.visible(person({}), "gadget").get(row)
    change = changes.save(person({}), record, {"integer": 78, "text": "Torch"}, via="test").change
    changes.save(person({}), record, {"integer": 79}, via="test")
    assert change is not None

    for limits in (HIDDEN, {"gadget": {"integer": "readonly"}}):
        with pytest.raises(Refused), unchanged():
            changes.undo(person(limits), change, via="test")


def test_timeline_reads_no_hidden_column() -> None:
    activity = registry.get("task")
    assert activity.activity is not None
    body = activity.activity.body or activity.activity.composer[0]
    limited = person({"task": {body: "hidden"}})

    assert body not in timeline.columns_of(for_actor(limited, activity), limited)


@pytest.fixture
def admin() -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator")


def test_role_keeps_what_can_be_limited(admin: User) -> None:
    actor = firm.actor(admin)
    made = roles.create(actor, "Half", EVERYTHING, field_rights={"gadget": {"integer": "hidden", "date": ""}})

    assert roles.get(made.pk).field_rights == {"gadget": {"integer": "hidden"}}
    for wrong in (
        {"gadget": {"text": "hidden"}},
        {"gadget": {"owner": "hidden"}},
        {"gadget": {"x": "hidden"}},
        {"gadget": {"date": "half"}},
        {"*": {"date": "hidden"}},
        {"team": {"name": "hidden"}},
    ):
        with pytest.raises(Invalid), unchanged():
            roles.edit(actor, made, field_rights=wrong)
