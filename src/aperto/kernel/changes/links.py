"""Links between records: the values of multi-reference fields, kept in the Relation table."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.models import Relation
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.engines.bulk import insert


def kind_of(declaration: ObjectType, field: Field) -> str:
    return f"{declaration.key}.{field.key}"


def linked_fields(declaration: ObjectType) -> list[Field]:
    return [field for field in declaration.fields.values() if field.stored_elsewhere]


def read(declaration: ObjectType, records: Sequence[UUID]) -> dict[UUID, dict[str, list[Ref]]]:
    """The links of each record, by field key: one query for all of them."""
    found: dict[UUID, dict[str, list[Ref]]] = defaultdict(lambda: defaultdict(list))
    kinds = {kind_of(declaration, field): field.key for field in linked_fields(declaration)}
    if not kinds or not records:
        return found
    rows = Relation.objects.filter(left__in=records, kind__in=kinds).order_by("id")
    for left, kind, object_key, right, role in rows.values_list(
        "left", "kind", "right_object", "right", "role"
    ):
        found[left][kinds[kind]].append(Ref(object_key, right, role=role))
    return found


def sync(declaration: ObjectType, works: Sequence[Work]) -> None:
    """Writes the links that these works say, and removes those that they no longer say."""
    added: list[Relation] = []
    for work in works:
        for field in linked_fields(declaration):
            if field.key in work.values:
                added += _step(work, field, kind_of(declaration, field))
    insert(added)


def _step(work: Work, field: Field, kind: str) -> list[Relation]:
    old: dict[UUID, Any] = {ref.id: ref for ref in work.before.get(field.key) or ()}
    new: dict[UUID, Any] = {ref.id: ref for ref in work.values[field.key] or ()}
    gone = [key for key, ref in old.items() if key not in new or new[key].role != ref.role]
    if gone:
        Relation.objects.filter(left=work.record.pk, kind=kind, right__in=gone).delete()
    return [
        Relation(
            kind=kind,
            left_object=work.occasion.declaration.key,
            left=work.record.pk,
            right_object=ref.object,
            right=key,
            role=ref.role,
        )
        for key, ref in new.items()
        if key not in old or key in gone
    ]
