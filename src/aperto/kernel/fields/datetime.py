"""A moment: kept in UTC, read and shown in the viewer's zone."""

from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.viewer import Viewer


def dump(moment: datetime) -> str:
    """Of one width, so that text order is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class DateTime(Field):
    """A moment between the years 1000 and 9999."""

    kind = "datetime"
    label_of_kind = _("Date and time")
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

    def clean(self, value: Any) -> datetime | None:
        """A moment with its zone, or ISO text of one; without a zone it is UTC."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise FieldError(_("A date and time like 2026-11-24T09:30:00Z is expected here.")) from None
        if not isinstance(value, datetime):
            raise FieldError(_("A date and time is expected here."))
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        try:
            value = value.astimezone(UTC)
        except OverflowError:
            raise FieldError(_("The year must lie between 1000 and 9999.")) from None
        if value.year < 1000:
            raise FieldError(_("The year must lie between 1000 and 9999."))
        return value

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else value.astimezone(viewer.zone).strftime("%Y-%m-%d %H:%M")

    def export(self, value: Any) -> str:
        return "" if value is None else dump(value)

    def to_json(self, value: Any) -> str | None:
        return None if value is None else dump(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def sample(self, n: int) -> datetime:
        return datetime(2026, 1 + n % 12, 1 + n % 28, 8 + n % 10, n % 60, tzinfo=UTC)
