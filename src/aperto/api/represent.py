"""Records as JSON: from rows of a page, and from a single record."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import links
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.readable import readable

type Printer = tuple[str, Callable[[Any], Any]]


def printers(actor: Actor, declaration: ObjectType, keys: Sequence[str]) -> list[Printer]:
    """(key, function from value to JSON) of each field."""
    fields = readable(actor, declaration)
    return [(key, fields[key].to_json) for key in keys]


def row_json(row: Any, each: list[Printer]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": str(row.id), "version": row.version}
    values = row.values
    for key, to_json in each:
        value = values[key]
        data[key] = None if value is None else to_json(value)
    return data


def record_json(actor: Actor, record: Record, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """A record with all fields that the actor may read, or with those of `keys`."""
    declaration = record.declares
    fields = readable(actor, declaration)
    wanted = list(fields) if keys is None else list(keys)
    linked = links.read(declaration, [record.pk])[record.pk]
    data: dict[str, Any] = {"id": str(record.pk)}
    for key in wanted:
        field = fields[key]
        value = linked.get(key, []) if field.stored_elsewhere else field.get(record)
        data[key] = None if value is None else field.to_json(value)
    return data


def chosen(actor: Actor, declaration: ObjectType, text: str) -> list[str]:
    """The field keys that the parameter `fields` names; all readable ones when it is empty."""
    fields = readable(actor, declaration)
    if not text:
        return list(fields)
    keys = [key.strip() for key in text.split(",") if key.strip()]
    unknown = [key for key in keys if key not in fields and key not in {"id", "version"}]
    if unknown:
        raise FieldError(_("There is no field %(key)s.") % {"key": unknown[0][:60]})
    return [key for key in dict.fromkeys(keys) if key != "id"]


def included(fields: Iterable[Field], rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Title and object of each record that the rows point at through these fields, by key."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for field in fields:
            for ref in _refs(row.get(field.key)):
                if ref.title:
                    found[str(ref.id)] = {"object": ref.object, "title": ref.title}
    return found


def _refs(value: Any) -> list[Ref]:
    if isinstance(value, Ref):
        return [value]
    return [each for each in value if isinstance(each, Ref)] if isinstance(value, list) else []
