"""A record to arrange by: the newest that the administrator sees, or one made of samples."""

from typing import Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.kernel.records import visible
from aperto.web.records.reading import Shown, shown

NOBODY = UUID(int=0)


def sample(actor: Actor, declaration: ObjectType) -> Shown:
    newest = next(iter(visible(actor, declaration.key).page(columns=(), limit=1).rows), None)
    if newest is not None:
        return shown(actor, declaration, newest.id)
    fields = readable(actor, declaration)
    values = {key: _value(each) for key, each in fields.items()}
    title = next((each for key in declaration.columns if isinstance(each := values.get(key), str)), "")
    return Shown(actor, declaration, NOBODY, 0, title, values, fields)


def _value(each: Field) -> Any:
    """None where a sample would have to point at a record that is not there."""
    if each.derived or each.readonly:
        return None
    try:
        value = each.clean(each.sample(1))
    except (FieldError, TypeError, ValueError):
        return None
    return None if value is None or list(each.references(value)) else value
