"""A layout arranges what an object shows: for everybody, or for a role or a team. It never opens anything."""

from typing import Any

import pytest
from django.utils.translation import override

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.models import Role
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from tests import firm
from tests.company import Staff
from tests.snapshot import unchanged

COLUMNS: dict[str, Any] = {"place": "columns", "arrangement": {"fields": ["name", "amount"]}}


def lay(staff: Staff, **values: Any) -> Record:
    return changes.create(staff.admin, "layout", {"of_object": "deal"} | COLUMNS | values, via="test")


def columns(actor: Actor, object_key: str = "deal") -> tuple[str, ...]:
    return for_actor(actor, registry.get(object_key)).columns


def role_of(key: str) -> str:
    return str(Role.objects.get(key=key).pk)


def refused(staff: Staff, field: str, **values: Any) -> str:
    with unchanged(), pytest.raises(Invalid) as caught:
        lay(staff, **values)
    return str(caught.value.errors[field][0])


def page(*panels: dict[str, Any]) -> dict[str, Any]:
    return {"place": "page", "arrangement": {"panels": list(panels)}}


def test_layout_for_everybody_holds_at_once_and_is_undone(staff: Staff) -> None:
    usual = columns(staff.owner)

    made = lay(staff)

    assert (columns(staff.owner), made.title) == (("name", "amount"), "Deals: List")
    change = changes.delete(staff.admin, made, via="test")
    assert columns(staff.owner) == usual
    changes.undo(staff.admin, change, via="test")
    assert columns(staff.owner) == ("name", "amount")


def test_nearest_layout_counts(staff: Staff) -> None:
    north, user = staff.teams[0], role_of("user")
    lay(staff)
    lay(staff, for_role=user, arrangement={"fields": ["name", "stage"]})
    lay(staff, for_team=north, arrangement={"fields": ["name", "owner"]})
    lay(staff, for_team=north, for_role=user, arrangement={"fields": ["name", "close_date"]})

    found = {name: columns(staff.actor(name))[1] for name in ("manager", "outsider", "admin", "owner")}

    assert found == {"manager": "amount", "outsider": "stage", "admin": "owner", "owner": "close_date"}


def test_layout_of_a_team_holds_for_teams_beneath_it(staff: Staff) -> None:
    north = staff.teams[0]
    below = changes.create(staff.admin, "team", {"name": "Harbour", "parent": north}, via="test").pk
    people.set_teams(firm.SYSTEM, staff.users["outsider"], [below], below, via="test")
    staff.users["outsider"].refresh_from_db()
    lay(staff, for_team=north)

    assert columns(staff.actor("outsider")) == ("name", "amount")

    lay(staff, for_team=below, arrangement={"fields": ["stage"]})
    assert columns(staff.actor("outsider")) == ("stage",)


def test_places_of_the_page_that_are_not_said_stay(staff: Staff) -> None:
    usual = registry.get("deal")
    lay(staff, place="page", arrangement={"subtitle": ["stage"]})
    lay(staff, for_role=role_of("user"), **page({"title": "Money", "fields": ["amount"], "columns": 2}))

    seen = for_actor(staff.owner, registry.get("deal"))

    assert (seen.subtitle, seen.related, seen.columns) == (("stage",), usual.related, usual.columns)
    assert [(panel.title, panel.fields, panel.columns) for panel in seen.details] == [
        ("Money", ("amount",), 2)
    ]


def test_titles_speak_the_language_of_the_reader(staff: Staff) -> None:
    first = text_of(registry.get("deal").details[0].title)
    own = {"title": "Money", "titles": {"nl": "Geld"}, "fields": ["amount"]}
    lay(staff, **page({"title": first, "fields": ["name"]}, own))

    with override("nl"):
        titles = [text_of(panel.title) for panel in registry.get("deal").details]
        assert titles == [text_of(registry.declared["deal"].details[0].title), "Geld"]


def test_hidden_field_stays_hidden(staff: Staff) -> None:
    role = roles.create(
        staff.admin, "Blind", {"*": {"read": "all"}}, field_rights={"deal": {"amount": "hidden"}}
    )
    people.set_roles(firm.SYSTEM, staff.users["reader"], [role.pk], via="test")
    staff.users["reader"].refresh_from_db()
    lay(staff, for_role=str(role.pk))

    assert columns(staff.actor("reader")) == ("name",)


def test_retired_field_falls_out_and_comes_back(staff: Staff) -> None:
    field = {"name": "Berth", "of_object": "deal", "kind": "text"}
    made = changes.create(staff.admin, "custom_field", field, via="test")
    lay(staff, arrangement={"fields": ["name", "berth"]})

    change = changes.delete(staff.admin, made, via="test")
    assert columns(staff.owner) == ("name",)
    changes.undo(staff.admin, change, via="test")
    assert columns(staff.owner) == ("name", "berth")


WRONG: list[tuple[dict[str, Any], str]] = [
    (COLUMNS | {"arrangement": {"fields": ["nonsense"]}}, "There is no field “nonsense”."),
    (COLUMNS | {"arrangement": {"fields": []}}, "A list shows at least one field."),
    (COLUMNS | {"arrangement": {"fields": ["name", "name"]}}, "“name” stands there twice."),
    (COLUMNS | {"arrangement": {"panels": []}}, "“panels” is no part of this arrangement."),
    (COLUMNS | {"arrangement": {"fields": "name"}}, "A list of keys is expected here."),
    (COLUMNS | {"arrangement": []}, "An arrangement is expected here."),
    ({"place": "quick", "arrangement": {"fields": ["created_at"]}}, "“Created” cannot be filled in."),
    (page({"title": " ", "fields": []}), "A panel needs a title."),
    (page({"title": "A", "fields": [], "columns": 3}), "A panel has one column or two."),
    (page(), "A page has from 1 to 40 panels."),
    (
        page({"title": "A", "fields": ["name"]}, {"title": "B", "fields": ["name"]}),
        "“name” stands there twice.",
    ),
    ({"place": "page", "arrangement": {}}, "The arrangement says nothing."),
    ({"place": "page", "arrangement": {"related": [{"key": "x"}]}}, "There is no related panel “x”."),
]


@pytest.mark.parametrize(("values", "message"), WRONG)
def test_wrong_arrangement_is_refused(staff: Staff, values: dict[str, Any], message: str) -> None:
    assert refused(staff, "arrangement", **values) == message


def test_second_layout_for_the_same_people_is_refused(staff: Staff) -> None:
    made = lay(staff)

    assert refused(staff, "place") == "There is a layout of this place for these people already."
    changes.delete(staff.admin, made, via="test")
    assert lay(staff).pk != made.pk


def test_actors_without_a_layout_see_the_declaration_itself(staff: Staff) -> None:
    lay(staff, for_role=role_of("manager"))
    deal, lead = registry.get("deal"), registry.get("lead")

    seen = for_actor(staff.actor("manager"), deal)

    assert for_actor(staff.owner, deal) is deal
    assert for_actor(staff.owner, lead) is lead
    assert seen is for_actor(staff.actor("manager"), deal)
    assert for_actor(staff.actor("manager"), seen) is seen


def test_people_with_one_layout_share_one_shape(staff: Staff) -> None:
    lay(staff, for_role=role_of("user"))
    deal = registry.get("deal")

    assert for_actor(staff.owner, deal) is for_actor(staff.actor("outsider"), deal)


def test_who_is_not_administrator_writes_none(staff: Staff) -> None:
    values: dict[str, Any] = {"of_object": "deal"} | COLUMNS

    with unchanged(), pytest.raises(Refused):
        changes.create(staff.actor("manager"), "layout", values, via="test")
