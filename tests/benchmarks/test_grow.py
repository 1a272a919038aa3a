"""A firm that is made bigger by the database alone is as whole as the one that was written."""

from typing import Any
from uuid import UUID

import pytest
from bench.seeding import grow, tables
from django.db import connection

from aperto.kernel import changes, records, timeline
from aperto.kernel.changes.models import Change, MatchKey
from aperto.kernel.query.search.find import find
from tests.company import Staff, staffed


@pytest.fixture
def staff(db: None) -> Staff:
    """Somebody at a company, whom somebody has called."""
    staff = staffed()
    company = made(staff, "company", name="Van Dijk")
    emails = [{"address": "eva@dijk.example"}]
    contact = made(staff, "contact", first_name="Eva", last_name="Brouwer", company=company, emails=emails)
    made(staff, "call", subject="About robots", about=[f"contact:{contact}"])
    return staff


def made(staff: Staff, object_key: str, **values: Any) -> UUID:
    return changes.create(staff.owner, object_key, values, via="test").pk


def held() -> set[str]:
    """Indexes and triggers of a table that grows."""
    with connection.cursor() as cursor:
        cursor.execute(tables.LISTS[connection.vendor], ["kernel_search_entry"])
        return {row[1] for row in cursor.fetchall()}


def listed(staff: Staff, object_key: str, *columns: str) -> list[Any]:
    return records.visible(staff.owner, object_key).page(columns=columns, sort="title").rows


def test_a_firm_three_times_as_big_is_whole(staff: Staff) -> None:
    indexes = held()

    grow.multiply(3, lambda _text: None)

    people = listed(staff, "contact", "company", "emails")
    assert [row.title for row in people] == ["Eva Brouwer", "Eva Brouwer b", "Eva Brouwer c"]
    firms = [row.values["company"].title for row in people]
    assert firms == ["Van Dijk", "Van Dijk b", "Van Dijk c"]
    found = {hit.id for hit in find(staff.owner, "brouw")}
    assert found == {row.id for row in people}
    assert held() == indexes
    assert MatchKey.objects.filter(value="eva.b@dijk.example", record=people[1].id).count() == 1
    positions = Change.objects.filter(position__isnull=False).values_list("position", flat=True)
    assert len(set(positions)) == len(positions)


def test_what_was_done_with_somebody_is_copied_with_them(staff: Staff) -> None:
    grow.multiply(2, lambda _text: None)

    pasts = [timeline.past(staff.owner, row.id) for row in listed(staff, "contact")]

    calls = [each.activity.id for past in pasts for each in past.happenings if each.activity]
    assert len(set(calls)) == 2


@pytest.mark.parametrize("times", [1, 17])
def test_more_than_a_digit_can_tell_apart_is_refused(db: None, times: int) -> None:
    with pytest.raises(ValueError, match="grows"):
        grow.grow(times, lambda _text: None)
