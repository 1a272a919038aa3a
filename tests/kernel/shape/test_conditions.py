"""Fields that are shown, required or read-only by conditions."""

from typing import Any

import pytest

from aperto.kernel import changes
from aperto.kernel.errors import Invalid
from tests.company import Staff
from tests.snapshot import unchanged


def add(staff: Staff, name: str, **values: Any) -> None:
    given = {"name": name, "kind": "text", "of_object": "contact"} | values
    changes.create(staff.admin, "custom_field", given, via="test")


def contact(staff: Staff, **values: Any) -> Any:
    return changes.create(staff.owner, "contact", {"last_name": "Visser"} | values, via="test")


def test_field_is_required_when_its_condition_holds(staff: Staff) -> None:
    add(staff, "Reason", required_when="status = former")
    contact(staff, status="customer")
    contact(staff, status="former", reason="Moved")

    with pytest.raises(Invalid) as refused, unchanged():
        contact(staff, status="former")

    assert set(refused.value.errors) == {"reason"}


def test_it_depends_on_another_field_of_ones_own(staff: Staff) -> None:
    add(staff, "Size", kind="integer")
    add(staff, "Permit", required_when="size > 12 and last_name ~ vis")

    contact(staff, size=12)
    with pytest.raises(Invalid), unchanged():
        contact(staff, size=13)


def test_what_is_not_shown_is_not_required(staff: Staff) -> None:
    add(staff, "Licence", required=True, shown_when="status = customer")

    contact(staff, status="prospect")
    with pytest.raises(Invalid) as refused, unchanged():
        contact(staff, status="customer")

    assert set(refused.value.errors) == {"licence"}


def test_field_is_locked_while_its_condition_holds(staff: Staff) -> None:
    add(staff, "Code", readonly_when="status = customer")
    made = contact(staff, status="prospect", code="A")
    changes.save(staff.owner, made, {"code": "B", "status": "customer"}, via="test")

    with pytest.raises(Invalid) as refused, unchanged():
        changes.save(staff.owner, made, {"code": "C"}, via="test")

    assert set(refused.value.errors) == {"code"}
    changes.save(staff.owner, made, {"first_name": "Jan"}, via="test")


def test_old_records_are_not_held_up_by_a_new_rule(staff: Staff) -> None:
    made = contact(staff, status="former")
    add(staff, "Reason", required_when="status = former")

    changes.save(staff.owner, made, {"first_name": "Jan"}, via="test")

    with pytest.raises(Invalid):
        changes.save(staff.owner, made, {"reason": ""}, via="test")


@pytest.mark.parametrize("condition", ["nothing = 1", "status ==", "companies is filled", "status > 3"])
def test_condition_that_cannot_be_judged_is_refused(staff: Staff, condition: str) -> None:
    with pytest.raises(Invalid) as refused, unchanged():
        add(staff, "Reason", shown_when=condition)

    assert set(refused.value.errors) == {"shown_when"}
