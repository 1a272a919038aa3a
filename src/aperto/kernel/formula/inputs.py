"""Where the values come from that a formula reads: columns, the JSON column, and records one step away.

A step reads only records that the actor may see. In Python one query for each reference serves all rows of a
page; in SQL it is a subquery by key, so that two big tables are never joined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Field
from aperto.kernel.formula.keys import Key
from aperto.kernel.formula.kinds import inward
from aperto.kernel.formula.program import Program, suffixes
from aperto.kernel.formula.types import Context, Type, Use
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.engines.json_path import JsonPath
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.reach import alive

type Raw = Mapping[str, Any]
type Behind = dict[tuple[str, str], dict[str, Any]]

# -- in Python ---------------------------------------------------------------------------------------


def columns(fields: Iterable[Field]) -> tuple[str, ...]:
    """What is read of a table for these fields."""
    names: dict[str, None] = {}
    for each in fields:
        names.update(dict.fromkeys(("custom",) if each.stored == "json" else each.names))
    return tuple(names)


def own_columns(program: Program) -> tuple[str, ...]:
    return columns([use.via or use.field for use in program.uses])


def value_of(field: Field, raw: Raw) -> Any:
    if field.stored == "json":
        return field.from_json_parts(raw["custom"])
    return field.join([raw[name] for name in field.names])


def own_values(program: Program, raw: Raw, context: Context) -> dict[tuple[str, ...], Any]:
    """What the record itself holds; for a step the key of the record behind it, under the path of one."""
    values = {use.path: inward(use.type, value_of(use.field, raw), context) for use in program.own}
    for use in program.steps:
        assert use.via is not None
        path = (use.via.key,)
        if path not in values:
            values[path] = inward(Type.REFERENCE, value_of(use.via, raw), context)
    return values


def behind(program: Program, actor: Actor, rows: Sequence[Mapping[tuple[str, ...], Any]]) -> Behind:
    """What stands behind each reference, by (reference, key): one query for each reference."""
    found: Behind = {}
    for via, uses in _by_reference(program).items():
        ids = {UUID(key) for row in rows if (key := row.get((via,)))}
        if ids:
            fields = [use.field for use in uses]
            found |= {(via, key.hex): raw for key, raw in _fetched(actor, uses[0].object, fields, ids)}
    return found


def _by_reference(program: Program) -> dict[str, list[Use]]:
    grouped: dict[str, list[Use]] = defaultdict(list)
    for use in program.steps:
        grouped[use.path[0]].append(use)
    return grouped


def _fetched(
    actor: Actor, object_key: str, fields: Sequence[Field], ids: Iterable[UUID]
) -> Iterable[tuple[UUID, dict[str, Any]]]:
    if object_key == USER:
        users = User.objects.filter(pk__in=ids).values_list("pk", "name", "email")
        return [(key, {"name": name, "email": email}) for key, name, email in users]
    names = columns(fields)
    rows = alive(actor, registry.get(object_key)).filter(among_keys("pk", ids)).values_list("pk", *names)
    return [(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]


def step_values(
    program: Program, row: Mapping[tuple[str, ...], Any], found: Behind, context: Context
) -> dict[tuple[str, ...], Any]:
    """The values of a row with what stands behind its references; what the actor may not see is empty."""
    values = dict(row)
    for use in program.steps:
        raw = found.get((use.path[0], row.get((use.path[0],)) or ""))
        if use.object == USER:
            values[use.path] = (raw or {}).get(use.field.key) or None
        elif raw is not None:
            values[use.path] = inward(use.type, value_of(use.field, raw), context)
    return values


# -- in SQL ------------------------------------------------------------------------------------------


def expressions(use: Use, actor: Actor) -> list[Any]:
    """The stored parts of the field, each as an expression on the rows of the formula's object."""
    if use.via is None:
        return [use.field.sql(suffix) for suffix in suffixes(use)]
    return [_behind(use, use.via, suffix, actor) for suffix in suffixes(use)]


def _behind(use: Use, via: Field, suffix: str, actor: Actor) -> Subquery:
    key = OuterRef(via.key) if via.stored == "column" else Key(_outer(via))
    if use.object == USER:
        users = User.objects.order_by().filter(pk=key)
        return Subquery(users.values(use.field.key)[:1])
    rows = alive(actor, registry.get(use.object)).filter(pk=key)
    value = use.field.sql(suffix)
    if use.type is Type.BOOLEAN:
        value = Coalesce(value, False)  # a record that was never ticked says no; where there is none, nothing
    found = rows.annotate(formula_value=value).values("formula_value")
    return Subquery(found[:1])


def _outer(via: Field) -> JsonPath:
    """The JSON value of the row outside of the subquery."""
    path = JsonPath(via.place, via.part("").cast)
    path.set_source_expressions([OuterRef("custom")])
    return path
