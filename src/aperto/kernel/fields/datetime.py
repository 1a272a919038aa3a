"""A moment: kept in UTC, read and shown in the viewer's zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part, same
from aperto.kernel.fields.formats.times import moment_in_cell, read_moment, to_utc, write_moment
from aperto.kernel.viewer import Viewer


def dump(moment: datetime) -> str:
    """Of one width, so that text order is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def shown_exactly(moment: datetime) -> str:
    """For machines, without the parts of a second where there are none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class DateTime(Field):
    """A moment between the years 1000 and 9999."""

    kind = "datetime"
    label_of_kind = gettext_lazy("Date and time")
    explained = gettext_lazy("A day and a time, shown in the reader's time zone.")
    icon = "clock"
    parts = (
        Part(
            "",
            lambda field: models.DateTimeField(null=True, db_index=field.indexed),
            dump=dump,
            load=datetime.fromisoformat,
        ),
    )
    operators = operators.ORDERED
    aggregates = ("min", "max", *Field.aggregates)

    def clean(self, value: Any) -> datetime | None:
        """A moment with its zone, or ISO text of one; without a zone it is UTC."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise FieldError(_("A date and time like 2026-11-24T09:30:00Z is expected here.")) from None
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if not isinstance(value, datetime):
            raise FieldError(_("A date and time is expected here."))
        return to_utc(value, UTC)

    def parse(self, raw: Any, viewer: Viewer) -> datetime | None:
        """Without a zone it is meant in the viewer's."""
        if not isinstance(raw, str):
            return self.clean(raw)
        return read_moment(raw, viewer) if raw.strip() else None

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_moment(value, viewer)

    def export(self, value: Any) -> str:
        return "" if value is None else shown_exactly(value)

    def to_json(self, value: Any) -> str | None:
        return None if value is None else shown_exactly(value)

    def json_of_first_part(self) -> Callable[[Any], Any]:
        """orjson writes a moment just so."""
        return same

    def cell(self, value: Any, viewer: Viewer) -> str:
        """The moment by its distance from now, the exact one on hover."""
        if value is None:
            return ""
        near, exact = moment_in_cell(value, viewer)
        return f'<time datetime="{shown_exactly(value)}" title="{exact}">{near}</time>'

    def display(self, value: Any, viewer: Viewer) -> str:
        if value is None:
            return ""
        return f'<time datetime="{shown_exactly(value)}">{escape(write_moment(value, viewer))}</time>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        """The control knows minutes only, and of an hour that comes twice only the first: what it shows
        travels with the exact moment, which counts as long as nobody changed what is shown."""
        if value is None:
            return self.input("datetime-local", "", name, attributes)
        shown = value.astimezone(viewer.zone).strftime("%Y-%m-%dT%H:%M")
        return SafeString(
            self.input("datetime-local", shown, name, attributes)
            + controls.hidden(f"{name}.shown", shown)
            + controls.hidden(f"{name}.exact", shown_exactly(value))
        )

    def read_form(self, post: QueryDict, name: str) -> Any:
        text = post.get(name, "")
        return post.get(f"{name}.exact", "") if text and text == post.get(f"{name}.shown") else text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def sample(self, n: int) -> datetime:
        return datetime(2025, 1, 1, 8, tzinfo=UTC) + timedelta(hours=n * 31, minutes=n * 7 % 60)

    def search_text(self, value: Any) -> str:
        return self.export(value)
