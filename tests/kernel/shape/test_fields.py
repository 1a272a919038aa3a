"""Fields that an administrator adds behave as those in the code do."""

from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.fields import KINDS
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.definitions import CustomField
from tests.company import Staff
from tests.snapshot import unchanged

OPTIONS = [{"key": "gold", "label": "Gold", "labels": {"nl": "Goud"}}, {"key": "silver", "label": "Silver"}]
SETTINGS: dict[str, dict[str, Any]] = {
    "select": {"options": OPTIONS},
    "multi_select": {"options": OPTIONS},
    "reference": {"to": "company"},
    "multi_reference": {"to": ["company", "deal"]},
    "automatic_number": {"prefix": "X-"},
}


def add(staff: Staff, name: str, kind: str = "text", of: str = "contact", **values: Any) -> Record:
    given = {"name": name, "kind": kind, "of_object": of, "settings": SETTINGS.get(kind)} | values
    return changes.create(staff.admin, "custom_field", given, via="test")


def contact(staff: Staff, **values: Any) -> Any:
    return changes.create(staff.owner, "contact", {"last_name": "Visser"} | values, via="test")


def test_new_field_is_there_at_once(staff: Staff) -> None:
    add(staff, "Aantal m²", "decimal")

    made = contact(staff, aantal_m2="12.5")

    [row] = (
        records.visible(staff.owner, "contact").matching("aantal_m2 > 12").page(columns=["aantal_m2"]).rows
    )
    assert (row.id, row.values["aantal_m2"]) == (made.pk, Decimal("12.50"))


@pytest.mark.parametrize(
    "kind", sorted(key for key, kind in KINDS.items() if kind.addable and not kind.derived)
)
def test_every_kind_can_be_added_kept_and_read(staff: Staff, kind: str) -> None:
    add(staff, "Extra", kind)
    field = registry.get("contact").fields["extra"]
    sample = None if field.references(field.sample(0)) or field.readonly else field.sample(0)

    made = contact(staff, **({} if sample is None else {"extra": field.to_json(field.clean(sample))}))

    kept = records.visible(staff.owner, "contact").get(made.pk)
    if sample is not None:
        assert field.get(kept) == field.clean(sample)
    else:
        assert kept.pk == made.pk


def test_retired_field_disappears_and_comes_back_with_its_values(staff: Staff) -> None:
    definition = add(staff, "Size")
    made = contact(staff, size="XL")

    changes.delete(staff.admin, definition, via="test")
    assert "size" not in registry.get("contact").fields
    changes.restore(staff.admin, "custom_field", definition.pk, via="test")

    field = registry.get("contact").fields["size"]
    assert field.get(records.visible(staff.owner, "contact").get(made.pk)) == "XL"


def test_required_and_unique_hold(staff: Staff) -> None:
    add(staff, "Member number", required=True, unique=True)
    contact(staff, member_number="7")

    with pytest.raises(Invalid) as missing, unchanged():
        contact(staff)
    with pytest.raises(Invalid) as twice, unchanged():
        contact(staff, member_number="7")

    assert [set(each.value.errors) for each in (missing, twice)] == [{"member_number"}, {"member_number"}]


def test_undoing_the_definition_takes_the_field_away(staff: Staff) -> None:
    definition = add(staff, "Size")
    change = Change.objects.get(record=definition.pk)

    changes.undo(staff.admin, change, via="test")

    assert "size" not in registry.get("contact").fields


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"kind": "select"}, "settings"),
        ({"kind": "select", "settings": {"options": [{"key": "A B"}]}}, "settings"),
        ({"kind": "decimal", "settings": {"digits": "many"}}, "settings"),
        ({"kind": "text", "settings": {"pattern": "(a+)+$"}}, "settings"),
        ({"kind": "stage"}, "kind"),
        ({"of_object": "spaceship"}, "of_object"),
        ({"key": "Größe"}, "key"),
        ({"key": "last_name", "kind": "decimal"}, "kind"),
    ],
)
def test_what_cannot_be_a_field_is_refused(staff: Staff, values: dict[str, Any], where: str) -> None:
    given = {"name": "Odd", "kind": "text", "of_object": "contact", "settings": None} | values

    with pytest.raises(Invalid) as refused, unchanged():
        changes.create(staff.admin, "custom_field", given, via="test")

    assert where in refused.value.errors


def test_only_administrators_add_fields(staff: Staff) -> None:
    with pytest.raises(Refused), unchanged():
        changes.create(
            staff.owner, "custom_field", {"name": "Odd", "kind": "text", "of_object": "contact"}, via="test"
        )


def test_declared_field_takes_other_words_and_options(staff: Staff) -> None:
    options = [{"key": "vip", "label": "VIP"}, {"key": "customer", "label": "Client"}]
    add(staff, "State", "select", key="status", settings={"options": options}, labels={"nl": "Staat"})

    field: Any = registry.get("contact").fields["status"]

    assert str(field.label) == "State"
    assert [str(option.label) for option in field.options][:2] == ["VIP", "Client"]
    assert "prospect" in field.choices.by_key
    assert contact(staff, status="vip").status == "vip"


def test_a_definition_that_cannot_be_made_stops_nothing(staff: Staff) -> None:
    definition = add(staff, "Size")
    rows: Any = CustomField.objects
    rows.filter(pk=definition.pk).update(kind="gone")

    add(staff, "Colour of hair")

    assert "size" not in registry.get("contact").fields
    assert "colour_of_hair" in registry.get("contact").fields


def test_declared_field_is_hidden_and_keeps_its_values(staff: Staff) -> None:
    made = contact(staff, department="Quay")
    definition = add(staff, "Department", key="department", hidden=True)

    assert "department" not in registry.get("contact").fields
    with pytest.raises(Invalid):
        contact(staff, department="Wharf")
    changes.delete(staff.admin, definition, via="test")

    assert records.visible(staff.owner, "contact").get(made.pk).department == "Quay"  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["last_name", "owner", "updated_at"])
def test_what_the_product_needs_stays(staff: Staff, key: str) -> None:
    kind = type(registry.get("contact").fields[key]).kind

    with pytest.raises(Invalid) as refused, unchanged():
        add(staff, "Odd", kind, key=key, hidden=True)

    assert set(refused.value.errors) & {"hidden", "kind"}
