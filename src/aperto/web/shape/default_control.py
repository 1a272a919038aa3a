"""What a new record begins with, asked by the very editor that the field has everywhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import Json
from aperto.kernel.viewer import Viewer

WITHOUT = frozenset({"file", "image", "json", "automatic_number", "user"})


def can_begin(field: Field) -> bool:
    """Whether a value can be said that fits every new record."""
    kind = type(field)
    if kind.derived or kind.stored_elsewhere or kind.kind in WITHOUT or hasattr(field, "to"):
        return False
    return not field.readonly and not callable(field.default)


class DefaultWidget(forms.Widget):
    def __init__(self, field: Field, viewer: Viewer) -> None:
        super().__init__()
        self.field, self.viewer = field, viewer

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = {key: each for key, each in (attrs or {}).items() if key in {"id", "aria-describedby"}}
        attributes = " ".join(f'{key}="{each}"' for key, each in given.items())
        return self.field.editor(self._held(value), self.viewer, name, attributes)

    def _held(self, value: Any) -> Any:
        """The value of the field, from what is kept or from what was typed and could not be read."""
        try:
            return None if value in (None, "") else self.field.clean(value)
        except FieldError:
            return None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.field.read_form(data, name) if isinstance(data, QueryDict) else data.get(name)


class DefaultField(forms.Field):
    """Its value is the JSON form of the field's."""

    def __init__(self, field: Field, viewer: Viewer) -> None:
        free = field.copy()
        free.required = False
        widget = DefaultWidget(free, viewer)
        help_text = _("What a new record begins with.")
        super().__init__(label=_("Default"), required=False, widget=widget, help_text=help_text)
        self.field, self.viewer = free, viewer

    def clean(self, value: Any) -> Json:
        try:
            read = self.field.parse(value, self.viewer)
            return None if read is None else self.field.to_json(read)
        except FieldError as error:
            raise ValidationError(str(error.message)) from None
