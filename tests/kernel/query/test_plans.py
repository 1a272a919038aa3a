"""The ways that the engines take: no page sorts a whole table where an index has its order."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Index
from django.test.utils import CaptureQueriesContext

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.share_models import PrivateRecord
from aperto.kernel.ids import uuid7
from aperto.kernel.query.engines.json_path import JsonPath
from tests.fakes.models import Gadget, Gizmo
from tests.kernel.query.invented import NOW, TEAM, person

ROWS = 2_000


def plans(actor: Actor, object_key: str, filter: str = "", **page: Any) -> str:
    """How the engine reads the rows of a page and of the page after it."""
    selection = records.visible(actor, object_key).matching(filter)
    with CaptureQueriesContext(connection) as captured:
        first = selection.page(columns=("title",), limit=20, **page)
        selection.page(columns=("title",), limit=20, after=first.next, **page)
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    lines: list[str] = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if '"fakes_' in query["sql"] and "COUNT(*)" not in query["sql"]:
                cursor.execute(f"{explain} {query['sql']}")
                lines += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(lines)


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("scope", ["all", "team", "own"])
def test_default_list_sorts_no_table(db: None, scope: str) -> None:
    me = person(scope)
    owners = [me.user_id if number % 3 else None for number in range(ROWS)]
    Gadget.objects.bulk_create(
        [Gadget(version=1, updated_at=NOW, owner=owner, team=TEAM) for owner in owners]
    )
    analyze()

    found = plans(me, "gadget", sort="-updated_at")

    assert "gadget_" in found
    if connection.vendor == "sqlite" and scope != "team":
        assert "TEMP B-TREE" not in found
    if connection.vendor == "sqlite" and scope == "team":
        assert "gadget_team" in found  # the beginnings of two ranges are merged
        assert "gadget_owner" in found
    if connection.vendor == "postgresql":
        assert "Seq Scan" not in found


@pytest.mark.parametrize("key", ["integer", "text", "date"])
def test_index_over_json_serves_pages(db: None, everybody: Actor, key: str) -> None:
    field = Gizmo.own_fields[key]
    rows = [Gizmo(version=1, title="x") for _number in range(ROWS)]
    for number, row in enumerate(rows):
        field.set(row, field.sample(number))
    Gizmo._default_manager.bulk_create(rows)
    part = field.part(field.sort_suffix or "")
    index = Index(JsonPath(field.key + part.suffix, part.cast), "id", name="gizmo_json_sort")
    with connection.cursor() as cursor:
        cursor.execute(str(index.create_sql(Gizmo, connection.schema_editor())))
    analyze()

    found = plans(everybody, "gizmo", sort=key)

    assert "gizmo_json_sort" in found
    assert "Seq Scan" not in found


def test_rare_words_are_looked_up(db: None, everybody: Actor) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert records.visible(everybody, "gadget").matching("text ~ rarity").page().rows == []

    assert len(captured) == 1  # the text index says that there is none


def test_private_records_are_looked_up_one_by_one(db: None) -> None:
    """A page asks about its own rows; it does not read all records that are private."""
    me = replace(person("team"), secluded=frozenset(["gadget"]))
    made = [Gadget(version=1, updated_at=NOW, owner=uuid7(), team=TEAM) for _number in range(ROWS)]
    Gadget.objects.bulk_create(made)
    PrivateRecord.objects.bulk_create(PrivateRecord(record=row.pk, object="gadget") for row in made[::3])
    analyze()

    found = plans(me, "gadget", sort="-updated_at")

    assert "hashed" not in found
    assert "kernel_private_record_1 FOR IN-OPERATOR" in found or "kernel_private_record_pkey" in found
