"""What a list is sorted by: "-amount,name" → expressions that every engine orders alike.

Absent values come last in either direction. A pointer to users or to configured records (stages, teams)
sorts by their name or position through a subquery, because those tables are small; others cannot be
sorted by, as that would join two big tables.
"""

from dataclasses import dataclass

from django.db.models import Expression, F, OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.pointers import USER, targets
from aperto.kernel.query.reach import table
from aperto.kernel.query.readable import readable

MOST_KEYS = 4


@dataclass(frozen=True)
class Key:
    """One key of a sort."""

    name: str
    descending: bool
    column: str  # the column that it sorts by; "" when it is no plain column
    expression: F | Expression | Subquery


def keys_of(sort: str, declaration: ObjectType, actor: Actor) -> tuple[Key, ...]:
    """The keys of a sort, or of the object's own sort when it is blank."""
    names = [name.strip() for name in (sort or declaration.default_sort).split(",") if name.strip()]
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
    column = field.key + (field.sort_suffix or "") if isinstance(expression, F) else ""
    return Key(name, text.startswith("-"), column, expression)


def is_sortable(field: Field) -> bool:
    try:
        _expression(field)
    except FieldError:
        return False
    return True


def _expression(field: Field) -> F | Expression | Subquery:
    if field.stored_elsewhere:
        raise _unsortable(field)
    if targets(field):
        return _of_target(field)
    if field.sort_suffix is None:
        raise _unsortable(field)
    return field.sql(field.sort_suffix)


def _of_target(field: Field) -> F | Expression | Subquery:
    """The name of a user, or the position or title of a configured record, that the field points at."""
    to = targets(field)
    pointer = OuterRef(field.key) if field.stored == "column" else OuterRef("custom")
    if len(to) != 1 or field.stored != "column":
        raise _unsortable(field)
    if to[0] == USER:
        return Subquery(User.objects.order_by().filter(pk=pointer).values(by=Lower("name"))[:1])
    if to[0] not in registry or not registry.get(to[0]).administered:
        raise _unsortable(field)
    target = registry.get(to[0])
    by = "position" if "position" in target.fields else "title_folded"
    return Subquery(table(target).filter(pk=pointer).values(by)[:1])


def _unsortable(field: Field) -> FieldError:
    return FieldError(_("Lists cannot be sorted by %(field)s.") % {"field": field.label or field.key})
