"""Links between records: the values of multi-reference fields, kept in the Relation table."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.models import Relation
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.engines.bulk import insert_values
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.statements import fetch

LINK = ("id", "kind", "left_object", "left", "right_object", "right", "role", "note")
READ = ("left", "kind", "right_object", "right", "role")


def kind_of(declaration: ObjectType, field: Field) -> str:
    return f"{declaration.key}.{field.place}"


def read(declaration: ObjectType, records: Sequence[UUID]) -> dict[UUID, dict[str, list[Ref]]]:
    """The links of each record, by field key: one query for all of them."""
    found: dict[UUID, dict[str, list[Ref]]] = defaultdict(lambda: defaultdict(list))
    kinds = {kind_of(declaration, field): field.key for field in outline_of(declaration).linked}
    if not kinds or not records:
        return found
    rows = fetch(
        Relation,
        ("links", *kinds),
        [among_keys("left", records)],
        lambda given: Relation.objects.filter(*given, kind__in=kinds).order_by("id").values_list(*READ),
    )
    for left, kind, object_key, right, role in rows:
        found[left][kinds[kind]].append(Ref(object_key, right, role=role))
    return found


def sync(declaration: ObjectType, works: Sequence[Work]) -> None:
    """Writes the links that these works say, and removes those that they no longer say."""
    linked = outline_of(declaration).linked
    added: list[tuple[Any, ...]] = []
    for work in works if linked else ():
        for field in linked:
            if field.key in work.values:
                added += _step(work, field, kind_of(declaration, field))
    insert_values(Relation, LINK, added)


def _step(work: Work, field: Field, kind: str) -> list[tuple[Any, ...]]:
    old: dict[UUID, Any] = {ref.id: ref for ref in work.before.get(field.key) or ()}
    new: dict[UUID, Any] = {ref.id: ref for ref in work.values[field.key] or ()}
    gone = [key for key, ref in old.items() if key not in new or new[key].role != ref.role]
    if gone:
        Relation.objects.filter(left=work.record.pk, kind=kind, right__in=gone).delete()
    left = (kind, work.occasion.declaration.key, work.record.pk)
    return [
        (uuid7(), *left, ref.object, key, ref.role, "")
        for key, ref in new.items()
        if key not in old or key in gone
    ]
