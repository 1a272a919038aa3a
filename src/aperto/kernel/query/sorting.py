"""What a list is sorted by: "-amount,name" → expressions that every engine orders alike.

Absent values come last in either direction. A pointer to users or to configured records (stages, teams)
sorts by their name or position through a subquery, because those tables are small; others cannot be
sorted by, as that would join two big tables.
"""

from dataclasses import dataclass

from django.db.models import Case, Expression, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.integer import LARGEST
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.pointers import USER, targets
from aperto.kernel.query.reach import table
from aperto.kernel.query.readable import readable
from aperto.kernel.shape import uses

MOST_KEYS = 4


type Sortable = F | Expression | Subquery


@dataclass(frozen=True)
class Key:
    """One key of a sort. `present` is null exactly where there is no value, and cheaper than `expression`."""

    name: str
    descending: bool
    column: str  # the column that it sorts by; "" when it is no plain column
    expression: Sortable
    present: Sortable

    @property
    def read_as(self) -> str:
        """What the value is called among those that are read."""
        return self.column or f"sort_{self.name}"

    @property
    def of_actor(self) -> bool:
        """Whether it is made for one actor at one moment, so that no statement with it may be kept."""
        return bool(getattr(self.expression, "of_actor", False))

    @property
    def ordered(self) -> Sortable:
        """The value as the order names it, so that it is made once for each row."""
        return F(self.read_as)


def keys_of(sort: str, declaration: ObjectType, actor: Actor) -> tuple[Key, ...]:
    """The keys of a sort, or of the object's own sort when it is blank."""
    text = sort or for_actor(actor, declaration).default_sort
    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) > MOST_KEYS:
        raise FieldError(_("A list is sorted by at most %(most)s fields.") % {"most": MOST_KEYS})
    keys = tuple(_key(name, declaration, actor) for name in names)
    if len({key.name for key in keys}) < len(keys):
        raise FieldError(_("A field is named twice in the sort."))
    return keys


def _key(text: str, declaration: ObjectType, actor: Actor) -> Key:
    name = text.removeprefix("-")
    field = readable(actor, declaration).get(name)
    if field is None:
        words = {"object": declaration.label, "field": name[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    expression = _expression(field)
    if field.custom:
        uses.note(declaration, field)
    column = field.key + (field.sort_suffix or "") if isinstance(expression, F) else ""
    present = F(field.key) if targets(field) else expression
    return Key(name, text.startswith("-"), column, expression, present)


def is_sortable(field: Field) -> bool:
    if targets(field) and not field.stored_elsewhere:
        return _is_configured(field)
    try:
        _expression(field)
    except FieldError:
        return False
    return True


def _expression(field: Field) -> Sortable:
    if field.stored_elsewhere:
        raise _unsortable(field)
    if targets(field):
        return _of_target(field)
    if field.sort_suffix is None:
        raise _unsortable(field)
    return field.sql(field.sort_suffix)


def _of_target(field: Field) -> Sortable:
    """The name of a user, or the position or title of a configured record, that the field points at.

    One that is gone stands before all others, so that only a field without a value counts as empty.
    """
    if not _is_configured(field):
        raise _unsortable(field)
    to = targets(field)
    pointer = OuterRef(field.key)
    if to[0] == USER:
        names = User.objects.order_by().filter(pk=pointer).values(by=Lower("name"))
        return _or_lowest(field, Subquery(names[:1]), "")
    target = registry.get(to[0])
    by, lowest = ("position", -LARGEST) if "position" in target.fields else ("title_folded", "")
    return _or_lowest(field, Subquery(table(target).filter(pk=pointer).values(by)[:1]), lowest)


def _is_configured(field: Field) -> bool:
    """Whether it points at users or at configured records, whose tables are small."""
    to = targets(field)
    if len(to) != 1 or field.stored != "column":
        return False
    return to[0] == USER or (to[0] in registry and registry.get(to[0]).administered)


def _or_lowest(field: Field, found: Subquery, lowest: int | str) -> Sortable:
    return Coalesce(found, Case(When(**{f"{field.key}__isnull": False}, then=Value(lowest))))


def _unsortable(field: Field) -> FieldError:
    return FieldError(_("Lists cannot be sorted by %(field)s.") % {"field": field.label or field.key})
