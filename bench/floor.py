"""The floor: the least that a Django view can do to answer the API's list of 50 contacts.

Raw rows of one statement, with the condition and the columns that the API's answer has, and orjson. No rights
are looked up, no field prints its values, no reference gets its title.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse

from aperto.kernel.objects.registry import registry


@lru_cache
def statement(object_key: str) -> tuple[str, tuple[str, ...]]:
    model = registry.get(object_key).model
    names = tuple(str(each.column) for each in model._meta.concrete_fields if not _folded(str(each.column)))
    listed = ", ".join(f'"{name}"' for name in names)
    sql = (
        f'SELECT {listed} FROM "{model._meta.db_table}" WHERE deleted_at IS NULL AND team = %s'
        " ORDER BY updated_at DESC, id DESC LIMIT 51"
    )
    return sql, names


def _folded(name: str) -> bool:
    """A form of a value that serves sorting and is in no answer."""
    return name.endswith("_folded")


def floor(request: HttpRequest) -> HttpResponse:
    sql, names = statement("contact")
    try:
        team = UUID(request.GET.get("team", ""))
    except ValueError:
        raise SuspiciousOperation("team") from None
    with connection.cursor() as cursor:
        cursor.execute(sql, [team.hex if connection.vendor == "sqlite" else team])
        rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    body = orjson.dumps({"data": rows[:50], "next": rows[50]["id"] if len(rows) > 50 else None}, default=str)
    return HttpResponse(body, content_type="application/json")
