"""A relation with columns of its own: seen by whoever sees both ends, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from aperto.kernel import changes, records
from aperto.kernel.access import reach
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape import current
from aperto.kernel.shape.relate import Side, relate
from tests.company import Staff, staffed
from tests.kernel.shape.test_fields import add
from tests.snapshot import unchanged


@pytest.fixture
def adviser(staff: Staff) -> None:
    advisers(staff)


def advisers(staff: Staff) -> None:
    """Companies and their advisers, who are contacts, since when and with which share."""
    one, other = Side("company", "Advisers", {"nl": "Adviseurs"}), Side("contact", "Advises")
    relate(staff.admin, "adviser", "Adviser", one, other, uuid7())
    add(staff, "Since", "date", of="adviser")
    add(staff, "Share", "percent", of="adviser")


def company(staff: Staff, name: str = "Acme", who: str = "owner") -> Record:
    return changes.create(staff.actor(who), "company", {"name": name}, via="test")


def contact(staff: Staff, name: str = "Visser", who: str = "owner") -> Record:
    return changes.create(staff.actor(who), "contact", {"last_name": name}, via="test")


def link(staff: Staff, one: Record, other: Record, who: str = "owner", **values: Any) -> Record:
    given = {"company": Ref("company", one.pk), "contact": Ref("contact", other.pk), **values}
    return changes.create(staff.actor(who), "adviser", given, via="test")


def seen(staff: Staff, who: str) -> int:
    return records.visible(staff.actor(who), "adviser").count().number


@pytest.mark.usefixtures("adviser")
def test_a_link_has_columns_history_and_undo(staff: Staff) -> None:
    made = link(staff, company(staff), contact(staff), since="2026-01-01", share="40")

    changed = changes.save(staff.owner, made, {"share": "60"}, via="test")
    assert changed.change is not None
    changes.undo(staff.owner, changed.change, via="test")

    [row] = (
        records.visible(staff.owner, "adviser")
        .matching("share = 40 and contact.last_name = Visser")
        .page()
        .rows
    )
    assert (row.title, str(row.values["since"])) == ("Acme – Visser", "2026-01-01")


@pytest.mark.usefixtures("adviser")
def test_it_is_seen_by_whoever_sees_both_ends(staff: Staff) -> None:
    link(staff, company(staff), contact(staff))
    foreign = changes.create(staff.actor("outsider"), "contact", {"last_name": "Far"}, via="test")
    half = link(staff, company(staff, "Bolt"), foreign, who="admin")

    counts = {who: seen(staff, who) for who in ("owner", "outsider", "reader", "admin")}

    assert counts == {"owner": 1, "outsider": 0, "reader": 2, "admin": 2}
    with pytest.raises(Missing):
        records.visible(staff.owner, "adviser").get(half.pk)
    with pytest.raises(Missing), unchanged():
        changes.delete(staff.owner, half, via="test")


@pytest.mark.usefixtures("adviser")
def test_it_is_written_by_whoever_may_change_one_of_its_ends(staff: Staff) -> None:
    one, other = company(staff), contact(staff)
    foreign = contact(staff, "Far", "outsider")

    with pytest.raises(Refused), unchanged():
        link(staff, one, other, who="reader")
    with pytest.raises(Invalid), unchanged():
        link(staff, one, foreign)
    made = link(staff, one, other, who="colleague")
    with pytest.raises(Missing), unchanged():
        changes.save(staff.actor("outsider"), made, {"share": "1"}, via="test")
    changes.delete(staff.owner, made, via="test")

    assert seen(staff, "owner") == 0


@pytest.mark.usefixtures("adviser")
def test_no_two_are_linked_twice(staff: Staff) -> None:
    one, other = company(staff), contact(staff)
    made = link(staff, one, other)

    with pytest.raises(Invalid) as twice, unchanged():
        link(staff, one, other)
    changes.delete(staff.owner, made, via="test")
    again = link(staff, one, other)

    assert "contact" in twice.value.errors and again.pk != made.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_link_the_same_at_once_make_one_link() -> None:
    staff = staffed()
    advisers(staff)
    one, other = company(staff), contact(staff)

    def linked(_number: int) -> bool:
        current.refresh()
        try:
            link(staff, one, other)
        except Invalid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(linked, range(4))) == [False, False, False, True]


@pytest.mark.usefixtures("adviser")
def test_a_deleted_end_hides_its_links_and_brings_them_back(staff: Staff) -> None:
    one = company(staff)
    link(staff, one, contact(staff))

    changes.delete(staff.owner, one, via="test")
    without = seen(staff, "admin")
    changes.restore(staff.owner, "company", one.pk, via="test")

    assert (without, seen(staff, "admin")) == (0, 1)


@pytest.mark.usefixtures("adviser")
def test_one_to_many_links_each_of_the_many_once(staff: Staff) -> None:
    rows = records.visible(staff.admin, "custom_field").matching("of_object = adviser and key = contact")
    changes.save(staff.admin, rows.get(rows.ids(1)[0]), {"unique": True}, via="test")
    other = contact(staff)
    link(staff, company(staff), other)

    with pytest.raises(Invalid) as refused, unchanged():
        link(staff, company(staff, "Bolt"), other)

    assert set(refused.value.errors) == {"contact"}


@pytest.mark.usefixtures("adviser")
def test_panels_stand_on_both_sides_and_sharing_does_not_widen_it(staff: Staff) -> None:
    panels = {
        key: [(str(each.title), each.shown) for each in registry.get(key).related if each.object == "adviser"]
        for key in ("company", "contact")
    }

    assert panels == {
        "company": [("Advisers", ("since", "share"))], "contact": [("Advises", ("since", "share"))],
    }  # fmt: skip
    assert reach.reach_of(staff.owner, registry.get("adviser"), Verb.SHARE).is_nothing


def test_ends_are_two_keys(staff: Staff) -> None:
    for ends in (["company"], ["company", "company"], "company", ["company", 'x"; DROP']):
        with pytest.raises(Invalid), unchanged():
            changes.create(staff.admin, "custom_object", {"name": "Adviser", "ends": ends}, via="test")


@pytest.mark.usefixtures("adviser")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("adviser = Visser", ["Acme"]),
        ("adviser != Visser", ["Bolt", "Clay"]),
        ("adviser ~ ser", ["Acme"]),
        ("adviser.last_name = Visser", ["Acme"]),
        ("adviser.share > 20", ["Acme"]),
        ("adviser.share > 60", []),
        ("adviser is filled", ["Acme", "Bolt"]),
        ("adviser is empty", ["Clay"]),
    ],
)
def test_lists_are_filtered_by_links_and_by_what_they_say(staff: Staff, asked: str, found: list[str]) -> None:
    one, two, _clay = (company(staff, name) for name in ("Acme", "Bolt", "Clay"))
    link(staff, one, contact(staff), share="40")
    link(staff, two, contact(staff, "Smit"))

    rows = records.visible(staff.owner, "company").matching(asked).page(sort="name").rows

    assert [row.title for row in rows] == found


@pytest.mark.usefixtures("adviser")
def test_linked_records_are_a_column_that_tells_nothing_of_hidden_ends(staff: Staff) -> None:
    one, far = company(staff), contact(staff, "Far", "outsider")
    link(staff, one, contact(staff))
    link(staff, one, far, who="admin")

    told = {
        who: [
            row.values["adviser"]
            for row in records.visible(staff.actor(who), "company").page(columns=["adviser"]).rows
        ]
        for who in ("owner", "admin")
    }
    printed = records.visible(staff.owner, "company").printed(["adviser"]).data

    assert [[ref.title for ref in refs] for refs in told["owner"]] == [["Visser"]]
    assert [[ref.title for ref in refs] for refs in told["admin"]] == [["Visser", "Far"]]
    assert str(far.pk) not in str(printed) and len(printed[0]["adviser"]) == 1
    for asked in (f"adviser = {far.pk}", "adviser.last_name = Far"):
        assert not records.visible(staff.owner, "company").matching(asked).exists()
    with pytest.raises(Invalid), unchanged():
        changes.save(staff.owner, one, {"adviser": []}, via="test")
