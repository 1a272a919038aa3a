"""Indexes on fields of administrators' own: built by a job where a field is asked for often in a big table.

An index is the only thing in the database that a shape may change, and it changes no answer.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.db import connection
from django.db.models import Expression, F, Index, OrderBy, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.json_path import JsonPath
from aperto.kernel.shape import uses
from aperto.kernel.shape.models import CustomRecord, FieldUse

OFTEN = 20  # times that lists asked for the field
BIG = 5_000  # rows of the object
PREFIX = "own_"


@jobs.every("kernel.index_fields", minutes=15)
@jobs.task(label=_("Index fields that are often asked for"), max_attempts=1)
def index_fields() -> list[str]:
    """Names of the indexes that were built; those that nothing asks for any more are dropped."""
    uses.flush()
    wanted = dict(_wanted(FieldUse.objects.filter(times__gte=OFTEN).values_list("object", "field")))
    held = set(existing())
    for name in held - wanted.keys():
        _run(f"DROP INDEX {_concurrently()} {connection.ops.quote_name(name)}")
    built = [name for name in wanted if name not in held]
    for name in built:
        _run(wanted[name])
    for table in {_table(wanted[name]) for name in built}:
        _run(f"ANALYZE {table}")  # without statistics no engine knows what the new index is good for
    return built


def _wanted(asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(name, statement) of each index that should be there."""
    for object_key, key in asked:
        declaration = registry.get(object_key) if object_key in registry else None
        asked_for = declaration.fields.get(key) if declaration else None
        field = asked_for.kept() if asked_for else None
        if declaration and field is not None and field.custom and field.parts and _is_big(declaration):
            for suffix in dict.fromkeys((field.filter_suffix, field.sort_suffix or field.filter_suffix)):
                yield name_of(declaration, field, suffix), statement(declaration, field, suffix)


def _is_big(declaration: ObjectType) -> bool:
    return len(declaration.model.objects.order_by().values("pk")[:BIG]) == BIG


def name_of(declaration: ObjectType, field: Field, suffix: str) -> str:
    """The kind belongs to it: a field of another kind under the same key needs another index."""
    part = field.part(suffix)
    words = f"{declaration.key}.{field.place}{suffix}.{field.kind}.{part.cast}"
    return PREFIX + sha256(words.encode()).hexdigest()[:16]


def statement(declaration: ObjectType, field: Field, suffix: str) -> str:
    """The value and the key behind it, as a page in this order reads them."""
    value = JsonPath(field.place + suffix, field.part(suffix).cast)
    own = declaration.definition is not None and declaration.key not in registry.declared
    columns: list[Expression] = [OrderBy(F("object"))] if own else []
    model = CustomRecord if own else declaration.model
    condition = ALIVE & Q(object=declaration.key) if own else ALIVE
    index = Index(
        *columns, value, OrderBy(F("id")), name=name_of(declaration, field, suffix), condition=condition
    )
    sql = str(index.create_sql(model, connection.schema_editor()))
    return sql.replace("CREATE INDEX", f"CREATE INDEX {_concurrently()}", 1)


def _table(sql: str) -> str:
    return sql.partition(" ON ")[2].split(" ", 1)[0]


def _concurrently() -> str:
    """PostgreSQL builds beside the writers; SQLite's single writer waits a moment."""
    return "CONCURRENTLY" if connection.vendor == "postgresql" else ""


def existing() -> list[str]:
    query = (
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE %s"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX + "%"])
        return [row[0] for row in cursor.fetchall() if len(row[0]) == len(PREFIX) + 16]


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
