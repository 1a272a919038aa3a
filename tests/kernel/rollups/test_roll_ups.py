"""Roll-ups add up what points at a record, are kept right by events, and repaired by the nightly check."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.actor import system
from aperto.kernel.changes import outbox
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.fields import Formula, MoneyValue, MultiReference, Ref, RollUp
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.rollups.refresh import repair
from tests.fakes.models import Gadget, Gizmo
from tests.kernel.formula.subjects import EVERYBODY, added, store
from tests.kernel.query import invented

MODELS = {"gadget": Gadget, "gizmo": Gizmo}
SOURCES = pytest.mark.parametrize("of", ["gadget", "gizmo"])

pytestmark = pytest.mark.django_db


@contextmanager
def rolled(of: str, total: str = "count", field: str = "", **options: Any) -> Iterator[RollUp]:
    """Gadgets with a roll-up over what points at them."""
    made = RollUp("Rolled", of=of, by=options.pop("by", "parent"), total=total, field=field, **options)
    with added(gadget={"rolled": made}):
        made.check(registry.get("gadget"))
        yield made


def rolled_up(record: Record, roll_up: RollUp) -> Any:
    return roll_up.get(Gadget._default_manager.get(pk=record.pk))


def child(of: str, parent: Record, **values: Any) -> Record:
    return store(of, parent=Ref("gadget", parent.pk), **values)


CASES: list[tuple[str, str, list[Any], Any]] = [
    ("count", "", [1, 2, None], 3),
    ("sum", "integer", [1, 2, None], 3),
    ("mean", "integer", [1, 2, None], Decimal("1.50")),
    ("sum", "decimal", [Decimal("0.10"), Decimal("0.20")], Decimal("0.30")),
    ("mean", "decimal", [Decimal("0.10"), Decimal("0.21")], Decimal("0.16")),
    ("min", "date", [date(2026, 2, 1), date(2026, 1, 1)], date(2026, 1, 1)),
    ("max", "datetime", [datetime(2026, 1, 1, tzinfo=UTC)], datetime(2026, 1, 1, tzinfo=UTC)),
    ("latest", "text", ["first", "second", None], "second"),
    ("latest", "select", ["red"], "red"),
    ("latest", "integer", [3, 4], 4),
    ("sum", "integer", [], None),
    ("count", "", [], 0),
]


@SOURCES
@pytest.mark.parametrize(("total", "field", "given", "expected"), CASES)
def test_roll_up_says_what_points_here(
    of: str, total: str, field: str, given: list[Any], expected: Any
) -> None:
    parent, other = store("gadget"), store("gadget")
    for value in given:
        child(of, parent, **{field or "integer": value})
    child(of, other, integer=99)

    with rolled(of, total, field) as roll_up:
        repair("gadget")

        assert rolled_up(parent, roll_up) == expected


@SOURCES
def test_amounts_in_several_currencies_count_by_their_base(of: str) -> None:
    parent = store("gadget")
    child(of, parent, money=MoneyValue(Decimal("10"), "EUR", Decimal("10")))
    child(of, parent, money=MoneyValue(Decimal("100"), "USD", Decimal("92.59")))

    with rolled(of, "sum", "money") as roll_up:
        repair()

        found = rolled_up(parent, roll_up)
        assert (found.amount, found.currency, found.base) == (Decimal("102.59"), "EUR", Decimal("102.59"))


@SOURCES
def test_filter_chooses_what_counts_of_a_formula(of: str) -> None:
    parent = store("gadget")
    for number, colour in ((1, "red"), (2, "red"), (4, "blue")):
        child(of, parent, integer=number, select=colour)

    with (
        added(**{of: {"double": Formula("Double", expression="integer * 2")}}),
        rolled(of, "sum", "double", filter="select = red") as roll_up,
    ):
        repair()

        assert rolled_up(parent, roll_up) == 6


@SOURCES
def test_roll_up_filters_and_sorts_like_a_field(of: str) -> None:
    parents = [store("gadget", text=str(number)) for number in range(3)]
    for number, parent in enumerate(parents):
        for _again in range(number):
            child(of, parent, text="child")

    with rolled(of):
        repair()
        found = (
            records.visible(EVERYBODY, "gadget")
            .matching("rolled >= 1")
            .page(columns=["rolled"], sort="-rolled")
        )

    assert [row.values["rolled"] for row in found.rows] == [2, 1]


# -- events ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@SOURCES
def test_events_keep_roll_ups_right(of: str) -> None:
    actor = system("test")
    with rolled(of, "sum", "integer", filter="select = red") as roll_up:
        outbox.deliver()
        first, second = (changes.create(actor, "gadget", {}, via="test") for _ in range(2))
        values = {"parent": str(first.pk), "integer": 5, "select": "red"}
        record = changes.create(actor, of, values, via="test")

        def after(*expected: int | None) -> None:
            outbox.deliver()
            assert (rolled_up(first, roll_up), rolled_up(second, roll_up)) == expected

        after(5, None)
        changes.save(actor, record, {"integer": 7}, via="test")
        after(7, None)
        changes.save(actor, record, {"parent": str(second.pk)}, via="test")
        after(None, 7)
        changes.save(actor, record, {"select": "blue"}, via="test")
        after(None, None)
        changes.save(actor, record, {"select": "red"}, via="test")
        changes.delete(actor, record, via="test")
        after(None, None)
        changes.restore(actor, of, record.pk, via="test")
        after(None, 7)


@pytest.mark.django_db(transaction=True)
def test_events_follow_links() -> None:
    actor = system("test")
    with added(gizmo={"kin": linking()}), rolled("gizmo", "sum", "integer", by="kin") as roll_up:
        outbox.deliver()
        first, second = (changes.create(actor, "gadget", {}, via="test") for _ in range(2))
        record = changes.create(actor, "gizmo", {"kin": [str(first.pk)], "integer": 5}, via="test")
        outbox.deliver()
        assert (rolled_up(first, roll_up), rolled_up(second, roll_up)) == (5, None)

        draft = changes.Draft({"kin": [str(second.pk)]}, record=record.pk)
        changes.save_many(actor, "gizmo", [draft], via="test")
        outbox.deliver()
        assert (rolled_up(first, roll_up), rolled_up(second, roll_up)) == (None, 5)


def linking() -> MultiReference:
    return MultiReference("Kin", to="gadget", stored="json")


@pytest.mark.django_db(transaction=True)
def test_refresh_is_no_change_of_the_record() -> None:
    actor = system("test")
    with rolled("gizmo") as roll_up:
        outbox.deliver()
        parent = changes.create(actor, "gadget", {"text": "Parent"}, via="test")
        changes.create(actor, "gizmo", {"parent": str(parent.pk)}, via="test")
        before = Change.objects.count()
        outbox.deliver()

        row = Gadget._default_manager.get(pk=parent.pk)
        assert (roll_up.get(row), row.version, row.updated_at) == (1, 1, parent.updated_at)
        assert Change.objects.count() == before
        changes.save(actor, row, {"text": "Renamed"}, via="test", if_version=1)
        assert rolled_up(parent, roll_up) == 1


# -- drift, rights, settings -------------------------------------------------------------------------


def test_check_reports_and_repairs_drift() -> None:
    parent = store("gadget")
    child("gizmo", parent)
    with rolled("gizmo") as roll_up:
        assert repair() == {"gadget.rolled": 1}
        assert repair() == {"gadget.rolled": 0}
        Gadget._default_manager.filter(pk=parent.pk).update(custom={"rolled": 9, "other": 1})

        assert repair("gadget") == {"gadget.rolled": 1}

        assert rolled_up(parent, roll_up) == 1
        assert Gadget._default_manager.get(pk=parent.pk).custom == {"rolled": 1, "other": 1}


def test_roll_up_is_empty_for_who_may_not_read_what_it_adds_up() -> None:
    parent = store("gadget", text="Parent")
    child("gizmo", parent)
    reader = invented.person("all")
    blind = type(reader)("user", user_id=reader.user_id, grants=({"gadget": {"read": "all"}},))

    with rolled("gizmo"):
        repair()
        shown = [
            records.visible(actor, "gadget").page(columns=["rolled"]).rows[0].values["rolled"]
            for actor in (reader, blind)
        ]

        assert shown == [1, None]
        assert records.visible(blind, "gadget").matching("rolled = 1").count().number == 0


def test_roll_up_cannot_be_written() -> None:
    with rolled("gizmo"), pytest.raises(Invalid, match="cannot be written"):
        changes.create(system("test"), "gadget", {"rolled": 3}, via="test")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"of": "nothing"}, "no object called"),
        ({"by": "text"}, "leads to"),
        ({"by": "missing"}, "leads to"),
        ({"total": "sum"}, "no field called"),
        ({"total": "sum", "field": "text"}, "does not fit"),
        ({"total": "mean", "field": "date"}, "does not fit"),
        ({"total": "latest", "field": "address"}, "does not fit"),
        ({"field": "integer"}, "without a field"),
        ({"total": "median", "field": "integer"}, "no way"),
        ({"filter": "nowhere = 1"}, "no field called"),
    ],
)
def test_settings_are_checked(options: dict[str, str], message: str) -> None:
    made = RollUp("Rolled", **{"of": "gizmo", "by": "parent"} | options)

    with added(gadget={"rolled": made}), pytest.raises(FieldError) as refused:
        made.check(registry.get("gadget"))

    assert message in str(refused.value.message)
