"""Undo of one change and of a batch: what comes back, and what newer writes protect."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.changes import Draft
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Conflict, Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from tests.company import Staff
from tests.snapshot import unchanged


@pytest.fixture
def made(staff: Staff) -> Record:
    return changes.create(staff.owner, "contact", {"last_name": "Visser", "job_title": "Buyer"}, via="test")


def again(staff: Staff, record: Record) -> Any:
    return records.visible(staff.admin, record.declares.key).get(record.pk)


def save(staff: Staff, record: Record, **values: Any) -> Change:
    change = changes.save(staff.owner, record, values, via="test").change
    assert change is not None
    return change


def test_undo_brings_the_old_value_back(staff: Staff, made: Record) -> None:
    change = save(staff, made, job_title="Director", emails=[{"address": "v@visser.example"}])

    changes.undo(staff.owner, change, via="test")

    row = again(staff, made)
    assert (row.job_title, row.emails, row.version) == ("Buyer", None, 3)


def test_undo_happens_once(staff: Staff, made: Record) -> None:
    change = save(staff, made, job_title="Director")
    changes.undo(staff.owner, change, via="test")
    change.refresh_from_db()

    with unchanged(), pytest.raises(Missing):
        changes.undo(staff.owner, change, via="test")


def test_undo_does_not_lose_a_newer_change(staff: Staff, made: Record) -> None:
    change = save(staff, made, job_title="Director")
    save(staff, made, job_title="President")

    with unchanged(), pytest.raises(Conflict):
        changes.undo(staff.owner, change, via="test")


def test_undo_of_creation_deletes(staff: Staff, made: Record) -> None:
    creation = Change.objects.get(record=made.pk)

    changes.undo(staff.owner, creation, via="test")

    assert records.deleted(staff.owner, "contact").get(made.pk).title == "Visser"


def test_undo_of_deletion_restores(staff: Staff, made: Record) -> None:
    deletion = changes.delete(staff.owner, made, via="test")

    changes.undo(staff.owner, deletion, via="test")

    assert again(staff, made).deleted_at is None


def test_undo_of_links_restores_them_with_their_roles(staff: Staff, made: Record) -> None:
    person = Ref("contact", made.pk, role="decides")
    deal = changes.create(staff.owner, "deal", {"name": "Robots", "contacts": [person]}, via="test")
    change = save(staff, deal, contacts=[])

    changes.undo(staff.owner, change, via="test")

    [row] = records.visible(staff.owner, "deal").page(columns=["contacts"]).rows
    assert [(ref.id, ref.role) for ref in row.values["contacts"]] == [(made.pk, "decides")]


def test_undo_is_closed_to_whoever_cannot_edit(staff: Staff, made: Record) -> None:
    change = save(staff, made, job_title="Director")

    for who in ("outsider", "reader", "anonymous"):
        with unchanged(), pytest.raises(Exception) as refusal:
            changes.undo(staff.actor(who), change, via="test")
        assert type(refusal.value).__name__ in {"Missing", "Refused"}


def test_undo_of_a_batch_keeps_what_changed_since(staff: Staff) -> None:
    batch = changes.new_batch()
    people = [
        changes.create(staff.owner, "contact", {"last_name": f"Number {n}"}, via="test") for n in range(5)
    ]
    drafts = [Draft({"department": "Sales"}, record=each.pk) for each in people]
    changes.save_many(staff.owner, "contact", drafts, via="bulk", batch=batch)
    save(staff, people[0], department="Board")

    result = changes.undo_batch(staff.owner, batch, via="test", step=2)

    assert (result.undone, result.kept) == (4, 1)
    assert [again(staff, each).department for each in people] == ["Board", None, None, None, None]


def test_undo_of_a_batch_again_changes_nothing(staff: Staff, made: Record) -> None:
    batch = changes.new_batch()
    changes.save_many(
        staff.owner, "contact", [Draft({"department": "A"}, record=made.pk)], via="b", batch=batch
    )
    changes.undo_batch(staff.owner, batch, via="test")

    with unchanged():
        result = changes.undo_batch(staff.owner, batch, via="test")

    assert result.undone == 0
