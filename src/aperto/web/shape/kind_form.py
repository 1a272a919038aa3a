"""The settings of the kind that a field becomes, and what is done with values that do not fit it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.fields import Field
from aperto.web.shape.setting_controls import PREFIX, control

KEEP = (
    ("retired", _("Keep them in a retired field, which can be brought back")),
    ("empty", _("Leave them empty; the former values come back by undoing only")),
)


class KindForm(forms.Form):
    """`said` are the settings as they were typed."""

    keep = forms.ChoiceField(
        label=_("What does not convert"), choices=KEEP, initial="retired", required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *given: Any, kind: type[Field], **options: Any) -> None:
        super().__init__(*given, **options)
        self.settings = kind.settings
        for each in kind.settings:
            self.fields[PREFIX + each.name] = control(each)
        if "s_options" in self.fields:
            self.fields["s_options"].help_text = str(_("Empty: one option for each text that is found."))

    def of_kind(self) -> list[Any]:
        return [self[PREFIX + each.name] for each in self.settings]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.said: dict[str, Any] = {}
        for each in self.settings:
            raw = given.get(PREFIX + each.name)
            if raw in (None, "", []):
                continue
            try:
                each.read(raw)
                self.said[each.name] = raw
            except FieldError as error:
                self.add_error(PREFIX + each.name, str(error.message))
        return given

    def refuse(self, invalid: Invalid) -> None:
        for found in invalid.errors.values():
            for message in found:
                self.add_error(None, str(message))
