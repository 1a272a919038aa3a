"""Activities in the timelines of the records that they are about.

Each record that an activity is linked to gets one timeline row; where it has the fields `next_activity`
and `last_activity`, they follow. Both are derived: no history, no new version.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, OuterRef, Subquery

from aperto.kernel.changes import links
from aperto.kernel.changes.models import Timeline
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.bulk import insert

FOLLOWED = ("next_activity", "last_activity")


def sync(declaration: ObjectType, records: Sequence[Record], gone: bool = False) -> None:
    """Rewrites the timeline rows of these activities; of deleted ones (`gone`) they are only removed."""
    if declaration.activity is None or not records:
        return
    keys = [record.pk for record in records]
    held = Timeline.objects.filter(reference__in=keys).exclude(kind="change")
    touched = set(held.values_list("object", "record"))
    held.delete()
    if not gone:
        rows = list(_rows(declaration, records))
        insert(rows)
        touched |= {(row.object, row.record) for row in rows}
    _follow(touched)


def _rows(declaration: ObjectType, records: Sequence[Record]) -> Iterable[Timeline]:
    linked = links.read(declaration, [record.pk for record in records])
    for record in records:
        own = [
            ref
            for field in declaration.fields.values()
            if not field.stored_elsewhere
            for ref in field.references(field.get(record))
        ]
        links_of = [(ref.object, ref.id) for refs in linked[record.pk].values() for ref in refs]
        for object_key, target in dict.fromkeys([*own, *links_of]):
            if object_key in registry and not registry.get(object_key).administered:
                yield Timeline(
                    object=object_key,
                    record=target,
                    moment=_moment(declaration, record),
                    kind="planned" if _is_planned(declaration, record) else "activity",
                    reference_object=declaration.key,
                    reference=record.pk,
                    summary=record.title or "",
                )


def _moment(declaration: ObjectType, record: Record) -> datetime:
    assert declaration.activity
    value: Any = getattr(record, declaration.activity.moment)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(12), UTC)
    if not isinstance(value, datetime):
        return record.created_at  # type: ignore[no-any-return]
    done_early = not _is_planned(declaration, record) and value > record.updated_at
    return record.updated_at if done_early else value


def _is_planned(declaration: ObjectType, record: Record) -> bool:
    assert declaration.activity
    return bool(declaration.activity.done) and not getattr(record, declaration.activity.done)


def _follow(touched: set[tuple[str, UUID]]) -> None:
    by_object: dict[str, list[UUID]] = defaultdict(list)
    for object_key, record in touched:
        if object_key in registry and set(FOLLOWED) <= registry.get(object_key).fields.keys():
            by_object[object_key].append(record)
    for object_key, records in by_object.items():
        followed: Any = registry.get(object_key).model.objects  # the two fields are known by name alone
        followed.filter(pk__in=records).update(
            next_activity=_extreme("planned", Min("moment")),
            last_activity=_extreme("activity", Max("moment")),
        )


def _extreme(kind: str, extreme: Min | Max) -> Subquery:
    """The first or last moment of this kind in the timeline of the row at hand."""
    rows = Timeline.objects.filter(record=OuterRef("pk"), kind=kind).order_by().values("record")
    return Subquery(rows.annotate(found=extreme).values("found"))
