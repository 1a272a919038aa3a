"""Whether values that are not stored yet fulfil filters: the database is asked with the very conditions that
lists are cut by, so that a rule of a field can never mean something else than the same filter of a list."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connections, models, router
from django.db.models import Case, Expression, Value, When
from django.db.models.functions import Cast
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE

from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter, conditions
from aperto.kernel.query.compile import compile_filter


def judged(
    declaration: ObjectType, id_: UUID, values: Mapping[str, Any], filters: Sequence[Filter], actor: Actor
) -> list[bool]:
    """An answer for each filter, by one statement. `values` holds what the record would have, by field."""
    if not filters:
        return []
    query = Query(None)  # of no table, as Django's own Q.check asks
    keys = {condition.path[0] for each in filters for condition in conditions(each)}
    for name, piece in pieces(declaration, id_, values, keys).items():
        query.add_annotation(piece, name, select=False)
    for place, each in enumerate(filters):
        condition = compile_filter(each, declaration, actor)
        query.add_annotation(Case(When(condition, then=1), default=0), f"answer_{place}")
    alias = router.db_for_write(declaration.model)
    row = query.get_compiler(connection=connections[alias]).execute_sql(SINGLE)
    return [bool(answer) for answer in row[: len(filters)]]


def pieces(
    declaration: ObjectType, id_: UUID, values: Mapping[str, Any], keys: set[str]
) -> dict[str, Expression]:
    """The parts of the named fields as the row would hold them, each typed as its column is."""
    key_column = declaration.model._meta.pk
    found: dict[str, Expression] = {name: typed(id_, key_column) for name in ("pk", "id")}
    columns = {each.name: each for each in declaration.model._meta.concrete_fields}
    custom: dict[str, Any] = {}
    for key in keys & declaration.fields.keys():
        field = declaration.fields[key]
        if field.stored_elsewhere:
            continue
        for part, name, piece in zip(field.parts, field.names, field.split(values.get(key)), strict=True):
            if field.stored == "column":
                found[name] = typed(piece, columns[name])
            elif piece is not None:
                custom[name] = part.dump(piece)
    return found | {"custom": typed(custom, columns["custom"])}


def typed(piece: Any, column: "models.Field[Any, Any]") -> Expression:
    return Cast(Value(piece, output_field=column), column)
