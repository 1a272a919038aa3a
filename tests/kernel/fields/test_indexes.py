"""An expression index over a JSON value serves equality, ranges and order, on both engines."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Index, QuerySet

from aperto.kernel.fields import Field
from aperto.kernel.query.engines.json_path import JsonPath
from tests.fakes.models import Gizmo
from tests.kernel.fields.rows import keep

KINDS = ("text", "integer", "decimal", "money", "date", "datetime", "select", "user")
ROWS = 1_000


@pytest.fixture(params=KINDS)
def indexed(request: pytest.FixtureRequest, db: None) -> Field:
    """A JSON field with many rows and an index over the part that filters compare."""
    field = Gizmo.own_fields[request.param]
    suffix = field.filter_suffix
    keep(field, [field.sample(number) for number in range(ROWS)])
    index = Index(JsonPath(field.key + suffix, field.part(suffix).cast), name=f"gizmo_{field.key}_index")
    statement = index.create_sql(Gizmo, connection.schema_editor())
    with connection.cursor() as cursor:
        cursor.execute(str(statement))
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # a thousand rows are read whole as quickly where many fit
            cursor.execute("SET LOCAL enable_seqscan = off")
    return field


def served(rows: QuerySet[Any, Any]) -> list[str]:
    """The fields whose index the plan uses."""
    return [key for key in KINDS if f"gizmo_{key}_index" in plan(rows)]


def plan(rows: QuerySet[Any, Any]) -> str:
    return str(rows.explain())


def test_index_serves_equality_ranges_and_order(indexed: Field) -> None:
    rows = Gizmo._default_manager.filter(indexed.where("is", [indexed.sample(7)]))
    assert indexed.key in served(rows)

    if "between" in indexed.operators:
        rows = Gizmo._default_manager.filter(indexed.where("between", [indexed.sample(7), indexed.sample(9)]))
        assert indexed.key in served(rows)

    if indexed.sort_suffix is not None:
        filled = Gizmo._default_manager.filter(indexed.condition("filled", ()))
        rows = filled.order_by(indexed.sql(indexed.sort_suffix))[:20]
        assert indexed.key in served(rows)
        assert "TEMP B-TREE" not in plan(rows)
        assert "Sort" not in plan(rows)
