"""A list sorted by owner begins with the rows of few owners: which these are is found out before it is read.

The name of an owner stands in another table, so that no index has the order of the sort. But the rows of an
owner are one range of an index, and there are few owners: those whose rows fill the page are looked up, and
only their rows are sorted.
"""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from django.db import connections, router
from django.db.models import Q
from django.db.models.functions import Lower

from aperto.kernel.access.models import User
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.cursor import Position
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.sorting import Key
from aperto.kernel.query.source import Source

OWNER = "owner"
OWNERS = """
WITH RECURSIVE held(owner) AS (
  SELECT (SELECT owner FROM {table} WHERE deleted_at IS NULL AND owner IS NOT NULL ORDER BY owner LIMIT 1)
  UNION ALL
  SELECT (SELECT owner FROM {table} WHERE deleted_at IS NULL AND owner > held.owner ORDER BY owner LIMIT 1)
  FROM held WHERE held.owner IS NOT NULL)
SELECT owner FROM held WHERE owner IS NOT NULL
"""


def leading(source: Source, keys: Sequence[Key], position: Position | None, most: int) -> Q | None:
    """What the first `most` rows of this sort after the position fulfil; None where that is not known."""
    if not keys or keys[0].name != OWNER or source.is_filtered or source.access:
        return None  # what a filter or a right leaves is found by these, and by nobody's turn
    turns = _turns(source.declaration, keys[0].descending)
    if position is not None:
        names = [name for name, _owners in turns]
        if position.values[0] not in names:
            return None
        turns = turns[names.index(position.values[0]) :]
    return _enough(source, [owners for _name, owners in turns], most, 0 if position is None else 1)


def _turns(declaration: ObjectType, descending: bool) -> list[tuple[str, list[UUID]]]:
    """The owners of records by their names, in the order of the sort; who is gone has a blank name."""
    with connections[router.db_for_read(declaration.model)].cursor() as cursor:
        cursor.execute(OWNERS.format(table=f'"{declaration.model._meta.db_table}"'))  # noqa: S608 - of a model
        owners = [UUID(str(row[0])) for row in cursor.fetchall()]
    users = User.objects.filter(among_keys("pk", owners)).annotate(by=Lower("name")).order_by("by")
    named = list(users.values_list("by", "pk"))
    gone = sorted(set(owners) - {key for _name, key in named})
    found = [*(("", key) for key in gone), *named]
    grouped = groupby(found, key=lambda each: each[0])
    turns = [(name, [key for _name, key in group]) for name, group in grouped]
    return turns[::-1] if descending else turns


def _enough(source: Source, turns: Sequence[Sequence[UUID]], most: int, begun: int) -> Q | None:
    """The first owners who have so many rows; the turn of the first may be over in part."""
    taken = 1
    while begun + taken < len(turns):
        counted = [key for owners in turns[begun : begun + taken] for key in owners]
        if source.rows().filter(among_keys(OWNER, counted)).values("pk")[:most].count() == most:
            return among_keys(OWNER, [key for owners in turns[: begun + taken] for key in owners])
        taken *= 2
    return None
