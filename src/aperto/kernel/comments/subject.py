"""A reference to a record of any object: what a comment is about."""

from collections.abc import Sequence
from typing import Any

from aperto.kernel.fields.base import Field
from aperto.kernel.fields.reference import Reference
from aperto.kernel.objects.registry import registry


class Subject(Reference):
    """Points at whatever people work with, objects that administrators made too; not at configuration."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        Field.__init__(self, *arguments, **options)
        self.panel = ""

    @property
    def to(self) -> tuple[str, ...]:
        return tuple(each.key for each in registry if not each.administered and not each.subject)

    @to.setter
    def to(self, value: Sequence[str]) -> None:
        """Nobody chooses: see above."""

    def schema(self) -> dict[str, Any]:
        """Without the names of objects: the public description of the API tells of none that was added."""
        key = {"type": "string", "format": "uuid"}
        named = {"object": {"type": "string", "maxLength": 63}, "id": key}
        return {"type": "object", "required": ["object", "id"], "properties": named}
