"""The menu is ordered and grouped, for everybody or for a role; a module that is off is nowhere."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.models import Role
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.layouts import menu
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from tests.company import Staff
from tests.snapshot import unchanged

SALES = {"title": "Sales", "titles": {"nl": "Verkoop"}, "items": ["deal", "lead"]}


def arrange(staff: Staff, **values: Any) -> Any:
    return changes.create(staff.admin, "menu", values, via="test")


def switch(staff: Staff, off: bool = True) -> Any:
    return changes.create(staff.admin, "module_switch", {"module": "sales", "off": off}, via="test")


def test_menu_of_a_role_comes_before_that_of_everybody(staff: Staff) -> None:
    assert menu.of(staff.owner) is None
    arrange(staff, arrangement={"groups": [SALES]})
    role = str(Role.objects.get(key="manager").pk)
    arrange(staff, for_role=role, arrangement={"groups": [SALES | {"title": "Trade"}]})

    found = [menu.of(staff.actor(name)) for name in ("owner", "manager")]

    assert [plan.groups[0].title for plan in found if plan] == ["Sales", "Trade"]


WRONG: list[tuple[Any, str]] = [
    ({"groups": []}, "A menu has from 1 to 30 groups."),
    ({"groups": [{"title": "A", "items": ["nonsense"]}]}, "There is no object “nonsense”."),
    ({"groups": [{"title": "A", "items": ["deal"]}], "hidden": ["deal"]}, "“deal” stands there twice."),
    ({"groups": [SALES], "more": 1}, "“more” is no part of this arrangement."),
]


@pytest.mark.parametrize(("arrangement", "message"), WRONG)
def test_wrong_menu_is_refused(staff: Staff, arrangement: Any, message: str) -> None:
    with unchanged(), pytest.raises(Invalid) as caught:
        arrange(staff, arrangement=arrangement)

    assert str(caught.value.errors["arrangement"][0]) == message


def test_second_menu_or_switch_for_the_same_is_refused(staff: Staff) -> None:
    arrange(staff, arrangement={"groups": [SALES]})
    switch(staff)

    with unchanged(), pytest.raises(Invalid):
        arrange(staff, arrangement={"groups": [SALES]})
    with unchanged(), pytest.raises(Invalid):
        switch(staff)


def test_module_that_is_off_is_nowhere_and_keeps_its_records(staff: Staff) -> None:
    made = changes.create(staff.owner, "product", {"name": "Crane"}, via="test")
    assert [hit.id for hit in search.find(staff.owner, "crane")] == [made.pk]

    off = switch(staff)
    assert "product" not in registry
    assert search.find(staff.owner, "crane") == []
    with pytest.raises(Missing):
        records.visible(staff.owner, "product")

    changes.save(staff.admin, off, {"off": False}, via="test")
    assert records.visible(staff.owner, "product").get(made.pk).title == "Crane"


def test_fields_that_point_only_at_what_is_off_go_with_it(staff: Staff) -> None:
    field = {"of_object": "deal", "kind": "multi_reference"}
    for name, to in (("Goods", ["product"]), ("Both", ["product", "company"])):
        changes.create(
            staff.admin, "custom_field", field | {"name": name, "settings": {"to": to}}, via="test"
        )
    layout = {"of_object": "deal", "place": "columns", "arrangement": {"fields": ["name", "goods", "both"]}}
    changes.create(staff.admin, "layout", layout, via="test")

    off = switch(staff)
    deal = registry.get("deal")
    assert (deal.columns, "goods" in deal.fields) == (("name", "both"), False)
    assert getattr(deal.fields["both"], "to", ()) == ("company",)
    made = changes.create(staff.owner, "deal", {"name": "Crane"}, via="test")

    changes.delete(staff.admin, off, via="test")
    assert registry.get("deal").columns == ("name", "goods", "both")
    assert records.visible(staff.owner, "deal").get(made.pk).title == "Crane"
