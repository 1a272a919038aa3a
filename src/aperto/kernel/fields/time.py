"""A time of day, to the second, without a zone: when the shop opens."""

import datetime
from collections.abc import Callable
from html import escape
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part, same
from aperto.kernel.fields.formats.times import read_time, write_time
from aperto.kernel.viewer import Viewer


class Time(Field):
    """A time of day between 00:00:00 and 23:59:59; parts of a second fall away."""

    kind = "time"
    label_of_kind = gettext_lazy("Time")
    explained = gettext_lazy("A time of day.")
    icon = "clock"
    parts = (
        Part(
            "",
            lambda field: models.TimeField(null=True, db_index=field.indexed),
            dump=datetime.time.isoformat,
            load=datetime.time.fromisoformat,
        ),
    )
    operators = operators.ORDERED
    aggregates = ("min", "max", *Field.aggregates)

    def clean(self, value: Any) -> datetime.time | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.time.fromisoformat(value)
            except ValueError:
                raise FieldError(_("A time like 09:30 is expected here.")) from None
        if not isinstance(value, datetime.time) or value.tzinfo is not None:
            raise FieldError(_("A time of day without a zone is expected here."))
        return value.replace(microsecond=0, fold=0)

    def parse(self, raw: Any, viewer: Viewer) -> datetime.time | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return self.clean(read_time(raw, viewer)) if raw.strip() else None

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_time(value, viewer)

    def export(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def to_json(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def json_of_first_part(self) -> Callable[[Any], Any]:
        """orjson writes a time just so."""
        return same

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else value.isoformat("seconds" if value.second else "minutes")
        return self.input(
            "time", text, name, f'step="1" {attributes}' if value and value.second else attributes
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}

    def sample(self, n: int) -> datetime.time:
        return datetime.time(n * 7 % 24, n * 5 % 60 if n < 1440 else 0, n % 60)

    def search_text(self, value: Any) -> str:
        return self.export(value)
