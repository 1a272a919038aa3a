"""Filter → condition on rows.

Every name is looked up among the fields that the actor may read, and a condition on a referenced record
reaches only records that the actor may see: what is invisible cannot be found out by filtering.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query import moments, pointers
from aperto.kernel.query.ast import Condition, Filter, FilterError, Group
from aperto.kernel.query.engines.expressions import opposite
from aperto.kernel.query.pointers import is_pointer
from aperto.kernel.query.readable import readable
from aperto.kernel.shape import uses

LONGEST_PATH = 4  # three references and a field
OPPOSITES = {"is_not": "is", "none_of": "any_of", "not_contains": "contains"}

type Reader = Callable[[Field, str, Sequence[str], Actor], Q]
READERS: dict[str, Reader] = {"date": moments.on_days, "datetime": moments.in_time}


def compile_filter(item: Filter, declaration: ObjectType, actor: Actor) -> Q:
    """The condition that the filter means to this actor; FilterError for what it cannot mean."""
    if isinstance(item, Condition):
        return _at_place(item, declaration, actor)
    return _group(item, declaration, actor)


def _group(group: Group, declaration: ObjectType, actor: Actor) -> Q:
    inner = [compile_filter(each, declaration, actor) for each in group.items]
    joined = reduce(and_ if group.joiner == "and" else or_, inner)
    return opposite(joined) if group.negated else joined


def _at_place(condition: Condition, declaration: ObjectType, actor: Actor) -> Q:
    try:
        return _condition(condition, declaration, actor)
    except FieldError as error:
        raise FilterError(error.message, place=".".join(condition.path)) from None


def _condition(condition: Condition, declaration: ObjectType, actor: Actor) -> Q:
    if len(condition.path) > LONGEST_PATH:
        raise FilterError(_("At most three references can be followed."))
    field = field_of(condition, declaration, actor)
    operator, arguments = condition.operator, [sound(text) for text in condition.arguments]
    if is_pointer(field):
        return pointers.condition(field, condition, declaration, actor, compile_filter)
    if len(condition.path) > 1:
        raise FilterError(_("“%(field)s” leads to no other record.") % {"field": condition.path[0]})
    check_operator(field, operator)
    if operator in OPPOSITES:
        return opposite(_where(field, OPPOSITES[operator], arguments, actor))
    return _where(field, operator, arguments, actor)


def _where(field: Field, operator: str, arguments: Sequence[str], actor: Actor) -> Q:
    if not arguments:
        return field.where(operator, ())
    reader = READERS.get(field.kind, _values)
    return reader(field, operator, arguments, actor)


def _values(field: Field, operator: str, arguments: Sequence[str], actor: Actor) -> Q:
    values = [field.parse_argument(operator, text, actor.viewer) for text in arguments]
    if any(value is None or value == "" or value == [] for value in values):
        raise FilterError(_("Nothing is no value; say “is empty”."))
    return field.where(operator, values)


def field_of(condition: Condition, declaration: ObjectType, actor: Actor) -> Field:
    field = readable(actor, declaration).get(condition.path[0])
    if field is None:
        words = {"object": declaration.label, "field": condition.path[0][:60]}
        raise FilterError(_("%(object)s has no field called “%(field)s”.") % words)
    if field.custom:
        uses.note(declaration, field)
    return field


def check_operator(field: Field, operator: str) -> None:
    if operator not in field.operators and OPPOSITES.get(operator) not in field.operators:
        words = {"operator": OPERATORS[operator].symbol, "field": field.label or field.key}
        raise FilterError(_("“%(operator)s” does not fit the field %(field)s.") % words)


def sound(text: str) -> str:
    """An argument without what no database takes."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise FilterError(_("The text holds a character that cannot be kept."))
    return text
