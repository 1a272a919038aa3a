"""What is still to be done: one's own, open, until the end of the day, and found by its index."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel.agenda import due
from aperto.kernel.objects.registry import registry
from tests.web.office import Office

NOW = datetime.now(UTC)


def titles(office: Office, limit: int = 8) -> list[list[str]]:
    planned = [registry.get(key) for key in ("task", "call")]
    actor = office.actor(office.owner)
    found = due(actor, planned, actor.viewer.now().date(), limit)
    return [[each.row.title for each in held] for held in found]


def test_open_activities_of_ones_own_come_by_moment(office: Office) -> None:
    office.make("task", subject="Second", due=NOW - timedelta(days=1))
    office.make("task", subject="First", due=NOW - timedelta(days=2))
    office.make("task", subject="Ended", due=NOW - timedelta(days=1), done=True)
    office.make("task", subject="Far", due=NOW + timedelta(days=9))
    office.make("task", office.colleague, subject="Theirs", due=NOW - timedelta(days=1))

    assert titles(office) == [["First", "Second"], []]


def test_one_more_than_the_limit_tells_of_others(office: Office) -> None:
    for n in range(4):
        office.make("task", subject=f"Task {n}", due=NOW - timedelta(days=9 - n))

    with CaptureQueriesContext(connection) as captured:
        found = titles(office, limit=2)

    assert found == [["Task 0", "Task 1", "Task 2"], []]
    assert sum('"crm_task"' in query["sql"] for query in captured.captured_queries) == 1
