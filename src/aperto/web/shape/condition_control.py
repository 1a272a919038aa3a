"""What is wrong with a typed condition, and where: the place stands in the message."""

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.conditions import judge
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import FilterError, conditions
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.parse import parse

AROUND = 24  # characters that are shown before the place


def wrong_condition(actor: Actor, declaration: ObjectType, text: str) -> Message:
    """ "" for a filter that can be a condition on a record that is just being written."""
    if not text.strip():
        return ""
    try:
        item = parse(text)
        assert item is not None
        compile_filter(item, declaration, judge(actor))
    except FilterError as error:
        return _placed(text, error)
    except FieldError as error:
        return error.message
    for each in conditions(item):
        field = declaration.fields.get(each.path[0])
        if field is not None and field.stored_elsewhere:
            return _("A condition cannot look at links: “%(field)s”.") % {"field": each.path[0]}
    return ""


def _placed(text: str, error: FilterError) -> str:
    message = str(error)
    if error.position is None:
        return message
    before = text[max(0, error.position - AROUND) : error.position]
    words = _("%(problem)s It breaks off here: “%(before)s▸%(after)s”")
    return words % {"problem": message, "before": before, "after": text[error.position :][:AROUND]}
