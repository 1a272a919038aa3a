"""A single record as JSON, and which of its fields a call asks for."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import linked_of


def record_json(actor: Actor, record: Record, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """A record with all fields that the actor may read, or with those of `keys`."""
    declaration = record.declares
    fields = readable(actor, declaration)
    wanted = list(fields) if keys is None else list(keys)
    elsewhere = [fields[key] for key in wanted if fields[key].stored_elsewhere]
    linked = linked_of(actor, declaration, elsewhere, [record.pk]) if elsewhere else {}
    data: dict[str, Any] = {"id": str(record.pk)}
    for key in wanted:
        field = fields[key]
        value = linked.get((record.pk, key), []) if field.stored_elsewhere else field.get(record)
        data[key] = None if value is None else field.to_json(value)
    return data


def chosen(actor: Actor, declaration: ObjectType, text: str) -> list[str]:
    """The field keys that the parameter `fields` names; all readable ones when it is empty."""
    fields = readable(actor, declaration)
    if not text:
        return [key for key in fields if key != FILLED]  # asked for by name, as few look at it
    keys = [key.strip() for key in text.split(",") if key.strip()]
    unknown = [key for key in keys if key not in fields and key not in {"id", "version"}]
    if unknown:
        raise FieldError(_("There is no field %(key)s.") % {"key": unknown[0][:60]})
    return [key for key in dict.fromkeys(keys) if key != "id"]
