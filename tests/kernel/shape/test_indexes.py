"""Fields that lists ask for often get an index that serves them; others do not."""

import pytest
from django.db import OperationalError, connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from aperto.kernel import changes, records
from aperto.kernel.access.actor import system
from aperto.kernel.changes import Draft
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape import indexes, uses
from aperto.kernel.shape.models import FieldUse
from tests.company import Staff

SYSTEM = system("test")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(indexes, "OFTEN", 3)
    monkeypatch.setattr(indexes, "BIG", 400)
    monkeypatch.setattr(indexes, "_concurrently", lambda: "")  # a test is one transaction
    uses.flush()
    FieldUse.objects.all().delete()


def many(staff: Staff, object_key: str = "company") -> None:
    field = {"name": "Area", "kind": "decimal", "of_object": object_key}
    changes.create(staff.admin, "custom_field", field, via="test")
    drafts = [Draft({"name": f"{object_key} {number}", "area": str(number % 97)}) for number in range(400)]
    changes.save_many(SYSTEM, object_key, drafts, via="test")


def ask(staff: Staff, object_key: str = "company") -> None:
    for _time in range(3):
        records.visible(staff.admin, object_key).matching("area > 90").page(sort="area")


def plan(object_key: str) -> str:
    """PostgreSQL would read so small a table as a whole; what counts is that the index can serve."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    field = registry.get(object_key).fields["area"]
    rows = records.visible(SYSTEM, object_key).where(field.where("gt", [field.clean("95")])).source.rows()
    return str(rows.order_by(field.sql(), "pk").explain())


@pytest.mark.parametrize("object_key", ["company", "boat"])
def test_index_is_built_when_asked_for_often_and_serves(staff: Staff, object_key: str) -> None:
    changes.create(staff.admin, "custom_object", {"name": "Boat"}, via="test")
    many(staff, object_key)
    ask(staff, object_key)

    built = indexes.index_fields.call()

    assert built == indexes.existing()
    assert len(built) == 1
    assert built[0] in plan(object_key)
    assert indexes.index_fields.call() == []


def test_what_is_seldom_asked_for_or_small_gets_none(staff: Staff) -> None:
    many(staff)
    records.visible(staff.admin, "company").matching("area > 90").page()

    assert indexes.index_fields.call() == []


def test_counter_that_fails_fails_no_reading(
    staff: Staff,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    changes.create(
        staff.admin, "custom_field", {"name": "Area", "kind": "decimal", "of_object": "company"}, via="test"
    )
    made = changes.create(staff.admin, "company", {"name": "Zon", "area": "95"}, via="test")
    noted: list[dict[tuple[str, str], int]] = []

    def failing(counted: dict[tuple[str, str], int]) -> None:
        noted.append(counted)
        raise OperationalError("database is locked")

    monkeypatch.setattr(uses, "WRITTEN_AFTER", 0)
    monkeypatch.setattr(uses, "write", failing)
    with django_capture_on_commit_callbacks(execute=True):
        rows = records.visible(staff.admin, "company").matching("area > 90").page().rows

    assert [row.id for row in rows] == [made.pk]
    assert noted == [{("company", "area"): 1}]


def test_index_goes_with_its_field(staff: Staff) -> None:
    many(staff)
    ask(staff)
    [name] = indexes.index_fields.call()

    definition = records.visible(staff.admin, "custom_field").page().rows[0]
    changes.delete_many(staff.admin, "custom_field", [definition.id], via="test")
    indexes.index_fields.call()

    assert name not in indexes.existing()
