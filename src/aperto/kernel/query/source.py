"""Where the rows of a selection come from: whose they are, and what they must fulfil."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, QuerySet

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE, Record
from aperto.kernel.query.ast import Filter
from aperto.kernel.query.narrow import names_keys, narrowing
from aperto.kernel.query.reach import reached, table


@dataclass(frozen=True)
class Source:
    """`conditions` are compiled already; `filter` is kept for what can be learnt from it (see `narrow`)."""

    actor: Actor
    declaration: ObjectType
    verb: Verb
    deleted: bool = False
    filter: Filter | None = None
    conditions: tuple[Q, ...] = ()

    @cached_property
    def access(self) -> Q:
        return reached(self.actor, self.declaration, self.verb)

    @cached_property
    def unguarded(self) -> Q | None:
        """The same without a look at which records are private; None where nobody looks."""
        return rules.unguarded(self.actor, self.declaration, self.verb)

    @cached_property
    def narrowing(self) -> Q:
        """What the text index knows of the filter. The recycle bin is not in the index."""
        return Q() if self.deleted else narrowing(self.filter, self.actor, self.declaration, self.verb)

    @cached_property
    def is_narrow(self) -> bool:
        """Whether few rows are left whatever the right reaches: an index of keys or words leads to them."""
        return bool(self.narrowing) or any(names_keys(each, self.declaration) for each in self.conditions)

    @property
    def is_filtered(self) -> bool:
        """Whether more is asked than what the actor may see."""
        return bool(self.conditions) or self.deleted

    @property
    def cuts(self) -> tuple[Q, ...]:
        """All that the rows must fulfil, for a statement that is kept under the shape of its conditions."""
        return (~ALIVE if self.deleted else ALIVE, self.access, self.narrowing, *self.conditions)

    def recut(self, access: Q, narrowing: Q, *conditions: Q) -> "Source":
        """The same source with conditions of the same shape."""
        made = replace(self, conditions=conditions)
        made.__dict__.update(access=access, narrowing=narrowing)
        return made

    def rows(self, access: Q | None = None) -> QuerySet[Record]:
        """The rows without an order; `access` is a part of the same cut."""
        return self.uncut(self.access if access is None else access, self.narrowing)

    def uncut(self, *further: Q) -> QuerySet[Record]:
        """Without the cut by access: for keys that are cut already."""
        return table(self.declaration).filter(~ALIVE if self.deleted else ALIVE, *self.conditions, *further)
