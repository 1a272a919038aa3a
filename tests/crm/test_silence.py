"""What nobody has spoken about for longest is found in an index of its owner's, not in everybody's."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.crm.objects.deal import Deal
from aperto.kernel import records
from aperto.kernel.ids import uuid7
from tests.company import staffed

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ONE_OF = 40  # deals is of the owner


def test_silent_deals_are_a_range_of_an_index(db: None) -> None:
    owner = staffed().owner
    others = [uuid7() for _number in range(ONE_OF - 1)]
    Deal._default_manager.bulk_create(
        Deal(
            title=f"Deal {number}",
            owner=[owner.user_id, *others][number % ONE_OF],
            last_activity=LONG_AGO + timedelta(days=number),
            updated_at=LONG_AGO,
            version=1,
        )
        for number in range(2_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # it would rather sort so few rows
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        with CaptureQueriesContext(connection) as captured:
            selection = records.visible(owner, "deal").matching('owner = me and last_activity < "-30d"')
            selection.page(columns=("title",), sort="last_activity", limit=6)
        [page] = [query["sql"] for query in captured.captured_queries if "LIMIT 7" in query["sql"]]
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + page)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())

    assert "deal_silent" in plan
