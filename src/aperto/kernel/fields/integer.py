"""A whole number, small enough to survive JavaScript and the floating numbers of SQLite's JSON."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.query.engines.json_path import Cast

LARGEST = 2**53 - 1


class Integer(Field):
    """A whole number between `minimum` and `maximum`."""

    kind = "integer"
    label_of_kind = _("Whole number")
    icon = "number"
    parts = (
        Part("", lambda field: models.BigIntegerField(null=True, db_index=field.indexed), Cast.NUMBER),
    )
    operators = operators.ORDERED
    numeric = True

    def __init__(
        self, *arguments: Any, minimum: int = -LARGEST, maximum: int = LARGEST, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.minimum, self.maximum = max(minimum, -LARGEST), min(maximum, LARGEST)

    def clean(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldError(_("A whole number is expected here."))
        if value < self.minimum:
            raise FieldError(_("At least %(minimum)s is needed.") % {"minimum": self.minimum})
        if value > self.maximum:
            raise FieldError(_("At most %(maximum)s is possible.") % {"maximum": self.maximum})
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def sample(self, n: int) -> int:
        return n
