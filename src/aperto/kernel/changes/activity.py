"""Activities in the timelines of the records that they are about.

Each record that an activity is linked to gets one timeline row; where it has the fields `next_activity`
and `last_activity`, they follow. Both are derived: no history, no new version.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connections, router

from aperto.kernel.changes import links
from aperto.kernel.changes.models import Timeline
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.bulk import insert_values
from aperto.kernel.query.engines.expressions import among_keys, listed

LINE = ("id", "object", "record", "moment", "kind", "reference_object", "reference", "summary")
EXTREME = """(SELECT moment FROM kernel_timeline WHERE record = {table}.id AND kind = %s
              ORDER BY moment{way} LIMIT 1)"""
FOLLOWED = ("next_activity", "last_activity")


def sync(declaration: ObjectType, records: Sequence[Record], gone: bool = False, fresh: bool = False) -> None:
    """Rewrites the timeline rows of these activities; of deleted ones (`gone`) they are only removed, and of
    new ones (`fresh`) there are none yet."""
    if declaration.activity is None or not records:
        return
    touched = set() if fresh else _taken_out([record.pk for record in records])
    if not gone:
        rows = list(_rows(declaration, records))
        insert_values(Timeline, LINE, rows)
        touched |= {(object_key, record) for _id, object_key, record, *_rest in rows}
    _follow(touched)


def _taken_out(keys: Sequence[UUID]) -> set[tuple[str, UUID]]:
    """Removes the rows of these activities; tells whose they were."""
    held = Timeline.objects.filter(among_keys("reference", keys)).exclude(kind="change")
    touched = set(held.values_list("object", "record"))
    held.delete()
    return touched


def _rows(declaration: ObjectType, records: Sequence[Record]) -> Iterable[tuple[Any, ...]]:
    """A row, as LINE names its columns, for each record that one of the activities is about."""
    outline = outline_of(declaration)
    pointing = [field for key, field in outline.pointing.items() if key in outline.stored]
    followed = {each.key for each in registry if not each.administered}
    linked = links.read(declaration, [record.pk for record in records])
    for record in records:
        own = [ref for field in pointing for ref in field.references(field.get(record))]
        links_of = [(ref.object, ref.id) for refs in linked[record.pk].values() for ref in refs]
        kind = "planned" if _is_planned(declaration, record) else "activity"
        moment = _moment(declaration, record)
        for object_key, target in dict.fromkeys([*own, *links_of]):
            if object_key in followed:
                said = (declaration.key, record.pk, record.title or "")
                yield (uuid7(), object_key, target, moment, kind, *said)


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
    alias = router.db_for_write(Timeline)
    for object_key, records in by_object.items():
        table = registry.get(object_key).model._meta.db_table
        with connections[alias].cursor() as cursor:
            cursor.execute(*_following(alias, table, records))


def _following(alias: str, table: str, records: Sequence[UUID]) -> tuple[str, list[Any]]:
    """Each of the two moments is one step into the index of the timeline, however long a past is."""
    connection = connections[alias]
    first, last = (EXTREME.format(table=table, way=way) for way in ("", " DESC"))
    among = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s::uuid[])"
    sql = f"UPDATE {table} SET next_activity = {first}, last_activity = {last} WHERE id {among}"  # noqa: S608 - a model's table
    return sql, ["planned", "activity", listed(records, connection)]
