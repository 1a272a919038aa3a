"""What an administrator says of an object: its words, and for an own one how it looks and what it can."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.colour import HUES
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.people.forms import text
from aperto.web.shape.said import in_all_languages
from aperto.web.templatetags.aperto_icons import known

WORDS = (("label", "labels"), ("plural", "plurals"))
SWITCHES = ("has_pipeline", "has_activities", "has_files")


def icons() -> list[tuple[str, str]]:
    return [(name, name.replace("-", " ")) for name in sorted(known())]


def choice(label: Message, choices: Any, help: Message = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=help)  # type: ignore[arg-type]  # a Message is lazy text


def flag(label: Message, help: Message) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help, required=False)  # type: ignore[arg-type]  # as above


def area(label: Any, help: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "data-grow": True})
    return forms.CharField(label=label, help_text=help, required=False, max_length=2_000, widget=widget)


class WordsForm(forms.Form):
    """The words of any object; `declared` is how the product itself declares it, if it does."""

    name = text(_("Name of one record"), help_text=_("Such as “Boat”."))
    plural = text(_("Name of several"), required=False, help_text=_("Such as “Boats”."))
    description = area(_("What it is for"), _("Shown where its list is still empty."))

    def __init__(self, *given: Any, declared: ObjectType | None = None, **options: Any) -> None:
        super().__init__(*given, **options)
        self.declared = declared
        for code, language in settings.LANGUAGES:
            for part, standard in zip(("label", "plural"), self.standard(), strict=True):
                told = text(language, required=False)
                told.widget.attrs.update({"placeholder": standard.get(code, ""), "lang": code})
                self.fields[f"{part}_{code}"] = told

    def standard(self) -> tuple[dict[str, str], dict[str, str]]:
        """What the product calls one of it and several, by language."""
        if self.declared is None:
            return {}, {}
        return in_all_languages(self.declared.label), in_all_languages(self.declared.plural)

    def languages(self) -> list[tuple[Any, Any, Any]]:
        """A line for each language: its name, and the two controls."""
        return [(name, self[f"label_{code}"], self[f"plural_{code}"]) for code, name in settings.LANGUAGES]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        one, many = self.standard()
        return {
            "name": given["name"],
            "plural": given["plural"] or given["name"],
            "description": given["description"] or None,
            "labels": self._told("label", given["name"], one),
            "plurals": self._told("plural", given["plural"], many),
        }

    def _told(self, part: str, plain: str, standard: Mapping[str, str]) -> dict[str, str] | None:
        """Words by language. As long as the plain word is the product's own, each language keeps its own."""
        typed = {code: self.cleaned_data[f"{part}_{code}"] for code, _language in settings.LANGUAGES}
        told = {code: word for code, word in typed.items() if word}
        return (dict(standard) if plain in standard.values() else {}) | told or None


class ObjectForm(WordsForm):
    """One of an administrator's own; the key is asked only while it is made."""

    icon = choice(_("Icon"), icons)
    hue = choice(_("Colour"), list(HUES.items()))
    number_prefix = text(
        _("Prefix of its numbers"),
        required=False,
        help_text=_("“B-” numbers them B-1, B-2. Empty: no numbers."),
    )
    has_pipeline = flag(_("Pipeline"), _("Its records go through stages, on a board."))
    has_activities = flag(_("Activities"), _("Tasks, calls, meetings and notes can be about it."))
    has_files = flag(_("Files"), _("Files can be kept with it."))

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        own = {key: given[key] for key in ("icon", "hue", *SWITCHES)}
        return {**super().values(), **own, "number_prefix": given["number_prefix"] or None}


def initial(values: Mapping[str, Any] | None, declared: ObjectType | None) -> dict[str, Any]:
    """What the form begins with: what was said before, else what the product calls it."""
    held = dict(values or {})
    if not held and declared is not None:
        held = {key: text_of(getattr(declared, key)) for key in ("plural", "description")}
        held["name"] = text_of(declared.label)
    plain = (in_all_languages(declared.label), in_all_languages(declared.plural)) if declared else ({}, {})
    for (part, key), standard in zip(WORDS, plain, strict=True):
        for code, word in (held.get(key) or {}).items():
            if word != standard.get(code):
                held[f"{part}_{code}"] = word
    return held
