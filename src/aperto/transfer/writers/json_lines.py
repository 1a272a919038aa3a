"""JSON, a record on each line: the values of the API, and references with their titles."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.query.rows import Row
from aperto.transfer.pointing import is_pointing
from aperto.transfer.writers.base import Wanted, Writer


class JsonLines(Writer):
    key, label = "json", _("JSON lines")
    ending, content_type = "jsonl", "application/x-ndjson"

    def write(self, wanted: Wanted) -> Iterator[bytes]:
        fields = wanted.fields
        for row in wanted.rows():
            yield orjson.dumps(_record(row, fields), default=str, option=orjson.OPT_UTC_Z) + b"\n"


def _record(row: Row, fields: list[Field]) -> dict[str, Any]:
    values = ((field, row.values[field.key]) for field in fields)
    return {"id": str(row.id)} | {
        field.key: None if value is None else _told(field, value) for field, value in values
    }


def _told(field: Field, value: Any) -> Any:
    if not is_pointing(field):
        return field.to_json(value)
    return [_reference(each) for each in value] if isinstance(value, list | tuple) else _reference(value)


def _reference(ref: Ref) -> dict[str, str]:
    """One that the reader may not see has a key and no title, as everywhere."""
    told = {"object": ref.object, "id": str(ref.id), "title": ref.title}
    return told | ({"role": ref.role} if ref.role else {})
