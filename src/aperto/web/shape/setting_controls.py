"""How each setting of a kind is asked: one control for each word that `Setting.control` can be."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.setting import Setting
from aperto.kernel.objects.registry import registry
from aperto.web.shape.options_control import OptionsField

PREFIX = "s_"  # of the names of these controls in the form


def _typed(setting: Setting, **attributes: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(required=False, widget=widget)


def _whole(setting: Setting) -> forms.Field:
    return _typed(setting, inputmode="numeric")


def _number(setting: Setting) -> forms.Field:
    return _typed(setting, inputmode="decimal")


def _flag(setting: Setting) -> forms.Field:
    return forms.BooleanField(required=False)


def _options(setting: Setting) -> forms.Field:
    return OptionsField(required=False)


def choosable_objects() -> list[tuple[str, str]]:
    return [(each.key, text_of(each.plural)) for each in registry if not each.administered]


def _objects(setting: Setting) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choosable_objects, required=False, widget=forms.CheckboxSelectMultiple
    )


def _choice(setting: Setting) -> forms.Field:
    listed: list[tuple[str, Any]] = [] if setting.required else [("", _("Any"))]
    return forms.ChoiceField(choices=[*listed, *setting.choices], required=False)


def _formula(setting: Setting) -> forms.Field:
    return _typed(setting, spellcheck="false")


CONTROLS: dict[str, Callable[[Setting], forms.Field]] = {
    "whole": _whole,
    "number": _number,
    "flag": _flag,
    "text": _typed,
    "options": _options,
    "objects": _objects,
    "choice": _choice,
    "formula": _formula,
}


def control(setting: Setting) -> forms.Field:
    made = CONTROLS[setting.control](setting)
    made.label, made.help_text = text_of(setting.label), text_of(setting.help)
    return made
