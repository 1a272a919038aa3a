"""A day of the calendar, the same in every zone."""

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
from aperto.kernel.fields.formats.dates import (
    EARLIEST,
    day_in_cell,
    read_date,
    sample_date,
    write_date,
)
from aperto.kernel.viewer import Viewer


class Date(Field):
    """A day between the years 1000 and 9999."""

    kind = "date"
    label_of_kind = gettext_lazy("Date")
    explained = gettext_lazy("A day.")
    icon = "calendar"
    parts = (
        Part(
            "",
            lambda field: models.DateField(null=True, db_index=field.indexed),
            dump=datetime.date.isoformat,
            load=datetime.date.fromisoformat,
        ),
    )
    operators = operators.ORDERED
    aggregates = ("min", "max", *Field.aggregates)

    def clean(self, value: Any) -> datetime.date | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                raise FieldError(_("A date like 2026-11-24 is expected here.")) from None
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise FieldError(_("A date is expected here."))
        if value.year < EARLIEST:
            raise FieldError(_("The year must lie between 1000 and 9999."))
        return value

    def parse(self, raw: Any, viewer: Viewer) -> datetime.date | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return read_date(raw, viewer) if raw.strip() else None

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_date(value, viewer)

    def export(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def to_json(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def json_of_first_part(self) -> Callable[[Any], Any]:
        """orjson writes a date just so."""
        return same

    def cell(self, value: Any, viewer: Viewer) -> str:
        """The day by its distance from today, the date on hover."""
        if value is None:
            return ""
        near, exact = day_in_cell(value, viewer)
        return f'<time datetime="{value.isoformat()}" title="{exact}">{near}</time>'

    def display(self, value: Any, viewer: Viewer) -> str:
        if value is None:
            return ""
        return f'<time datetime="{value.isoformat()}">{escape(write_date(value, viewer))}</time>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return self.input("date", self.export(value), name, attributes)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def sample(self, n: int) -> datetime.date:
        return sample_date(n)

    def search_text(self, value: Any) -> str:
        return self.export(value)
