"""Objects that an administrator makes behave as those in the code do."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.changes.models import Timeline
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from tests.company import Staff
from tests.snapshot import unchanged


def make(staff: Staff, name: str = "Boat", **values: Any) -> Record:
    return changes.create(staff.admin, "custom_object", {"name": name} | values, via="test")


def boat(staff: Staff, name: str = "Zeehond", who: str = "owner", **values: Any) -> Record:
    return changes.create(staff.actor(who), "boat", {"name": name} | values, via="test")


def test_new_object_is_there_at_once_and_keeps_to_itself(staff: Staff) -> None:
    make(staff)
    make(staff, "Berth")

    made = boat(staff)
    changes.create(staff.owner, "berth", {"name": "A 12"}, via="test")

    assert [row.title for row in records.visible(staff.owner, "boat").page().rows] == ["Zeehond"]
    assert records.visible(staff.owner, "boat").count().number == 1
    with pytest.raises(Missing):
        records.visible(staff.owner, "berth").get(made.pk)


def test_rights_hold_for_it(staff: Staff) -> None:
    make(staff)
    made = boat(staff)

    with pytest.raises(Missing), unchanged():
        changes.save(staff.actor("outsider"), made, {"name": "Stolen"}, via="test")

    assert [row.id for row in records.visible(staff.actor("colleague"), "boat").page().rows] == [made.pk]
    assert records.visible(staff.actor("outsider"), "boat").page().rows == []


def test_it_is_found_deleted_restored_and_undone(staff: Staff) -> None:
    make(staff)
    made = boat(staff)

    outcome = changes.save(staff.owner, made, {"name": "Zeeleeuw"}, via="test")
    assert outcome.change is not None
    changes.undo(staff.owner, outcome.change, via="test")
    changes.delete(staff.owner, made, via="test")
    assert not records.visible(staff.owner, "boat").exists()
    changes.restore(staff.owner, "boat", made.pk, via="test")

    assert records.visible(staff.owner, "boat").get(made.pk).title == "Zeehond"
    assert [hit.id for hit in search.find(staff.owner, "zeehnd")] == [made.pk]


def test_numbers_pipeline_and_activities_as_switched_on(staff: Staff) -> None:
    make(staff, number_prefix="B-", has_pipeline=True, has_activities=True)
    line = changes.create(staff.admin, "pipeline", {"name": "Build", "of_object": "boat"}, via="test")
    step = changes.create(
        staff.admin, "stage", {"name": "Keel", "pipeline": line.pk, "kind": "open"}, via="test"
    )

    made = boat(staff)
    note = {"body": "Launched", "about": [{"object": "boat", "id": str(made.pk)}]}
    changes.create(staff.owner, "note", note, via="test")

    kept: Any = records.visible(staff.owner, "boat").get(made.pk)
    assert (kept.number, kept.stage, kept.last_activity is not None) == ("B-0001", step.pk, True)
    assert Timeline.objects.filter(object="boat", record=made.pk, reference_object="note").exists()


def test_what_is_switched_off_is_no_field(staff: Staff) -> None:
    make(staff, has_activities=False)

    unused = {"number", "stage", "stage_since", "closed_at", "next_activity", "last_activity"}
    assert not unused & registry.get("boat").fields.keys()


def test_references_give_a_panel_on_the_other_side(staff: Staff) -> None:
    make(staff)
    field = {"name": "Home port", "kind": "reference", "of_object": "boat", "settings": {"to": "company"}}
    changes.create(staff.admin, "custom_field", field, via="test")

    port = changes.create(staff.owner, "company", {"name": "Port of Rotterdam"}, via="test")
    made = boat(staff, home_port=str(port.pk))

    [panel] = [each for each in registry.get("company").related if each.object == "boat"]
    rows = records.visible(staff.owner, "boat").matching(f"{panel.by} = {port.pk}").page().rows
    assert [row.id for row in rows] == [made.pk]


def test_retired_object_disappears_and_comes_back_with_its_records(staff: Staff) -> None:
    definition = make(staff)
    made = boat(staff)

    changes.delete(staff.admin, definition, via="test")
    assert "boat" not in registry
    changes.restore(staff.admin, "custom_object", definition.pk, via="test")

    assert records.visible(staff.owner, "boat").get(made.pk).title == "Zeehond"


def test_declared_object_takes_other_words(staff: Staff) -> None:
    make(staff, "Account", key="company", plural="Accounts", plurals={"nl": "Klanten"})

    assert [str(registry.get("company").label), str(registry.get("company").plural)] == [
        "Account",
        "Accounts",
    ]
    assert registry.get("company").model is registry.declared["company"].model


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"key": "settings"}, "key"),
        ({"key": "Boot!"}, "key"),
        ({"title_pattern": "{wings}"}, "title_pattern"),
        ({"labels": ["x"]}, "labels"),
    ],
)
def test_what_cannot_be_an_object_is_refused(staff: Staff, values: dict[str, Any], where: str) -> None:
    with pytest.raises(Invalid) as refused, unchanged():
        make(staff, **values)

    assert where in refused.value.errors
