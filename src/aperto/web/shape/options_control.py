"""The list of options as a control: each with its words, colour and, folded away, other languages and when it
is offered. A new one gets its key from its words; a key stays, because records hold it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aperto.kernel.fields.colour import HUES
from aperto.kernel.folding import fold
from aperto.kernel.shape.check import key_from

PARTS = ("key", "label", "hue", "when")
HUE_ORDER = ("blue", "green", "amber", "violet", "pink", "teal", "red", "slate")


class OptionsWidget(forms.Widget):
    """`fixed` options came with the product: they are named and ordered, not added or removed. `conditions`
    is the address that completes a condition."""

    fixed = False
    conditions = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [self.row(str(number), each) for number, each in enumerate(value or [])]
        if not rows and not self.fixed:
            rows = [self.row(str(number), {"hue": HUE_ORDER[number]}) for number in range(3)]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", ""),
            "described": (attrs or {}).get("aria-describedby", ""),
            "rows": rows,
            "blank": self.row("__n__", {"hue": "slate"}),
            "hues": list(HUES.items()),
            "fixed": self.fixed,
            "conditions": self.conditions,
        }
        return SafeString(render_to_string("shape/options.html", context))

    def row(self, number: str, given: Mapping[str, Any]) -> dict[str, Any]:
        told, standard = given.get("labels") or {}, given.get("standard") or {}
        words = [
            (code, language, told.get(code, ""), standard.get(code, ""))
            for code, language in settings.LANGUAGES
        ]
        return {**{part: given.get(part) or "" for part in PARTS}, "number": number, "words": words}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """The rows in the order of the page, which is that of their keys in the form."""
        numbers = dict.fromkeys(
            key.removeprefix(f"{name}.").split(".")[0] for key in data if key.startswith(f"{name}.")
        )
        return [_row(data, f"{name}.{number}.") for number in numbers]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


def _row(data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    given: dict[str, Any] = {part: str(data.get(prefix + part, "")).strip() for part in PARTS}
    labels = {code: str(data.get(f"{prefix}label_{code}", "")).strip() for code, _name in settings.LANGUAGES}
    return {**given, "labels": {code: word for code, word in labels.items() if word}}


class OptionsField(forms.Field):
    """Clean rows: those without words are left out, and each has a key of its own."""

    widget = OptionsWidget

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return with_keys([each for each in value or [] if each["label"]])


def with_keys(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    held = {each["key"] for each in rows if each["key"]}
    made = []
    for each in rows:
        key = each["key"] or free(each["label"], held)
        held.add(key)
        made.append({name: value for name, value in {**each, "key": key}.items() if value})
    return made


def free(label: str, held: set[str]) -> str:
    """A key from words that no other option has."""
    wanted = key_from(fold(label))
    key, number = wanted, 2
    while key in held:
        key, number = f"{wanted}_{number}", number + 1
    return key
