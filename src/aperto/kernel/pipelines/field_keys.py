"""Which fields a stage asks for: chosen among those of the objects that go through stages, kept as keys."""

from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.json import Json
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer


def choosable(declaration: ObjectType) -> list[tuple[str, str]]:
    """Keys and labels of the fields that a stage of this object can ask for."""
    return [
        (key, text_of(field.label))
        for key, field in declaration.writable.items()
        if field.label and key != declaration.path
    ]


def known() -> dict[str, str]:
    """The fields of all objects that go through stages; a key that several have is named once."""
    return {key: label for each in registry if each.path for key, label in reversed(choosable(each))}


class FieldKeys(Json):
    """A list of the keys of fields, without doubles."""

    def clean(self, value: Any) -> list[str] | None:
        keys = super().clean(value)
        if keys is None:
            return None
        if not isinstance(keys, list) or any(not isinstance(key, str) for key in keys):
            raise FieldError(_("A list of field keys is expected here."))
        return list(dict.fromkeys(keys)) or None

    def parse(self, raw: Any, viewer: Viewer) -> list[str] | None:
        return (
            self.clean([key for key in raw if key]) if isinstance(raw, list) else super().parse(raw, viewer)
        )

    def read_form(self, post: QueryDict, name: str) -> Any:
        return [key for key in post.getlist(name) if key]

    def cell(self, value: Any, viewer: Viewer) -> str:
        labels = known()
        return escape(", ".join(labels.get(key, key) for key in value or ()))

    display = cell

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        box = controls.select_box(
            name, sorted(known().items(), key=lambda pair: pair[1]), value or (), f"multiple {attributes}"
        )
        return SafeString(controls.hidden(name, "") + box)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}

    def sample(self, n: int) -> Any:
        keys = list(known())
        return [keys[n % len(keys)]]
