"""Options that are offered only in some states of the record."""

from typing import Any

import pytest

from aperto.kernel import changes
from aperto.kernel.errors import Invalid
from tests.company import Staff
from tests.snapshot import unchanged

OPTIONS = [
    {"key": "gold", "label": "Gold", "when": "status = customer"},
    {"key": "trial", "label": "Trial", "when": "status != customer"},
    {"key": "none", "label": "None"},
]


@pytest.fixture(params=["select", "multi_select"])
def plan(staff: Staff, request: pytest.FixtureRequest) -> None:
    given = {"name": "Plan", "kind": request.param, "of_object": "contact", "settings": {"options": OPTIONS}}
    changes.create(staff.admin, "custom_field", given, via="test")


def contact(staff: Staff, **values: Any) -> Any:
    return changes.create(staff.owner, "contact", {"last_name": "Visser"} | values, via="test")


def test_option_is_taken_only_while_its_filter_holds(staff: Staff, plan: None) -> None:
    contact(staff, status="customer", plan="gold")
    contact(staff, status="prospect", plan="none")

    with pytest.raises(Invalid) as refused, unchanged():
        contact(staff, status="prospect", plan="gold")

    assert [str(message) for message in refused.value.errors["plan"]] == ["“Gold” is not offered here."]


def test_change_of_what_it_depends_on_is_refused(staff: Staff, plan: None) -> None:
    made = contact(staff, status="customer", plan="gold")

    changes.save(staff.owner, made, {"last_name": "Bakker"}, via="test")
    with pytest.raises(Invalid) as refused, unchanged():
        changes.save(staff.owner, made, {"status": "prospect"}, via="test")

    assert set(refused.value.errors) == {"plan"}
    changes.save(staff.owner, made, {"status": "prospect", "plan": "trial"}, via="test")


@pytest.mark.parametrize("when", ["status =", "nothing = 1", 7, "x" * 1_001])
def test_wrong_condition_of_an_option_is_refused(staff: Staff, when: Any) -> None:
    given = {"name": "Plan", "kind": "select", "of_object": "contact"}
    settings = {"options": [{"key": "gold", "label": "Gold", "when": when}]}

    with pytest.raises(Invalid) as refused, unchanged():
        changes.create(staff.admin, "custom_field", given | {"settings": settings}, via="test")

    assert set(refused.value.errors) == {"settings"}
