"""The only way to rows. `visible` asks for an actor; forgetting one is a TypeError, not a leak.

    page = records.visible(actor, "deal").matching("stage.kind = open").page(sort="-amount", columns=[…])

A selection is a promise of rows, not rows: nothing is read before `page`, `count`, `get` and the like.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import aggregates, counting, crossing, paged, printed, rows
from aperto.kernel.query import grouping as grouped
from aperto.kernel.query.ast import Filter, both
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.counting import Count
from aperto.kernel.query.crossing import Crossed
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.grouping import Grouping
from aperto.kernel.query.paged import Page
from aperto.kernel.query.parse import parse
from aperto.kernel.query.printed import Printed
from aperto.kernel.query.reach import table
from aperto.kernel.query.rows import Row
from aperto.kernel.query.source import Source
from aperto.kernel.query.statements import fetch

__all__ = ["Count", "Page", "Row", "Selection", "deleted", "unrestricted", "visible"]


def visible(actor: Actor, object_key: str, verb: Verb = Verb.READ) -> "Selection":
    """The records that the actor may read, or reach with another verb; without the recycle bin."""
    return Selection(Source(actor, registry.get(object_key), verb))


def deleted(actor: Actor, object_key: str) -> "Selection":
    """The recycle bin: deleted records, under the same right to read."""
    return Selection(Source(actor, registry.get(object_key), Verb.READ, deleted=True))


def unrestricted(object_key: str, reason: str) -> "Selection":
    """All records that are not deleted, for work behind which no person stands; the reason is for readers."""
    return Selection(Source(system(reason), registry.get(object_key), Verb.READ))


@dataclass(frozen=True)
class Selection:
    """Immutable: each narrowing gives another selection."""

    source: Source

    @property
    def actor(self) -> Actor:
        return self.source.actor

    @property
    def declaration(self) -> ObjectType:
        return self.source.declaration

    def matching(self, filter: str | Filter | None) -> Self:
        """Those that fulfil the filter; FilterError for one that cannot be understood or read."""
        parsed = parse(filter) if isinstance(filter, str) else filter
        if parsed is None:
            return self
        condition = compile_filter(parsed, self.declaration, self.actor)
        source = replace(
            self.source,
            filter=both(self.source.filter, parsed),
            conditions=(*self.source.conditions, condition),
        )
        return replace(self, source=source)

    def only(self, ids: Iterable[UUID]) -> Self:
        """Those among the given keys."""
        source = replace(self.source, conditions=(*self.source.conditions, among_keys("pk", ids)))
        return replace(self, source=source)

    def where(self, condition: Q) -> Self:
        """Those that fulfil a condition made by a field (`Field.where`)."""
        return replace(self, source=replace(self.source, conditions=(*self.source.conditions, condition)))

    # -- records -------------------------------------------------------------------------------------

    def get(self, key: UUID | str) -> Record:
        """The record; Missing when there is none, when the actor may not see it, or when the key is none."""
        try:
            id_ = key if isinstance(key, UUID) else UUID(key)
        except (ValueError, AttributeError, TypeError):
            raise Missing(key) from None
        record = self.source.rows().filter(pk=id_).first()
        if record is None:
            raise Missing(id_)
        return record

    def exists(self) -> bool:
        return self.source.rows().exists()

    def ids(self, limit: int) -> list[UUID]:
        """At most `limit` keys, oldest first."""
        source = self.source

        def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
            return table(source.declaration).filter(*given).order_by("pk").values_list("pk")[:limit]

        found = fetch(source.declaration.model, ("ids", limit), source.cuts, build)
        return [key for (key,) in found]

    # -- lists ---------------------------------------------------------------------------------------

    def page(
        self,
        *,
        columns: Sequence[str] | None = None,
        sort: str = "",
        after: str | None = None,
        limit: int = paged.USUAL,
    ) -> Page:
        """One page of rows, and the cursor of the next. Without columns: those of the object's own list."""
        return paged.page(self.source, columns, sort, after, limit)

    def printed(
        self,
        columns: Sequence[str],
        *,
        include: Sequence[str] = (),
        sort: str = "",
        after: str | None = None,
        limit: int = paged.USUAL,
    ) -> Printed:
        """The same as JSON, and of the fields of `include` what they point at."""
        return printed.page(self.source, columns, include, sort, after, limit)

    def iterate(self, columns: Sequence[str] | None, chunk: int = 1_000, sort: str = "") -> Iterator[Row]:
        """All rows, read chunk by chunk; in the order of their keys unless sorted."""
        return paged.iterate(self.source, columns, chunk, sort)

    def titles(self, ids: Iterable[UUID]) -> dict[UUID, Ref]:
        """The records of these keys as references; those that are not in the selection are left out."""
        return rows.refs(self.declaration, [*self.source.cuts, among_keys("pk", ids)])

    # -- numbers -------------------------------------------------------------------------------------

    def count(self) -> Count:
        """How many there are: exact up to 10,000, then an estimate that says so."""
        return counting.count(self.source)

    def bounded(self, most: int) -> int:
        """How many there are, as far as `most`: what is not counted is not read."""
        return counting.bounded(self.source, most)

    def aggregate(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        """Totals by (field, aggregate)."""
        return aggregates.totals(self.source, wanted)

    def lanes(self, by: str, wanted: Sequence[tuple[str, str]] = ()) -> dict[Any, aggregates.Lane]:
        """Count and totals for each value of a field; the value None for records without one."""
        return aggregates.lanes(self.source, by, wanted)

    def groups(
        self, grouping: Grouping, wanted: Sequence[tuple[str, str]] = (), start: int = 0
    ) -> grouped.Groups:
        """The records in groups, with the totals of each; `start` skips the groups before."""
        return grouped.groups(self.source, grouping, wanted, start)

    def crossed(self, first: Grouping, second: Grouping, wanted: Sequence[tuple[str, str]] = ()) -> Crossed:
        """The records in groups of two kinds at once, with counts and sums."""
        return crossing.crossed(self.source, first, second, wanted)

    def top(self, field: Field, most: int) -> list[tuple[str, int]]:
        """The values of a field that most records have, in words."""
        return grouped.top(self.source, field, most)

    def in_group(self, grouping: Grouping, value: Any) -> Self:
        """Those of one group."""
        return self.where(grouped.inside(grouping, value, self.declaration, self.actor.viewer))
