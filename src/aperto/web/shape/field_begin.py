"""What the form of a field begins with: what was said of it before, else how it came."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from aperto.kernel.fields import Field
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.select import Choices
from aperto.web.shape.said import in_all_languages
from aperto.web.shape.setting_controls import PREFIX

GENERAL = ("help", "placeholder", "required", "unique", "searchable", "personal")
WHEN = ("shown_when", "required_when", "readonly_when")


def begun(held: Mapping[str, Any], present: Field, plain: Field | None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": held.get("name") or text_of(present.label)}
    found |= {key: held[key] if key in held else _now(present, key) for key in (*GENERAL, *WHEN)}
    standard = in_all_languages(plain.label) if plain else {}
    for code, _language in settings.LANGUAGES:
        word = (held.get("labels") or {}).get(code, "")
        found[f"label_{code}"] = "" if word == standard.get(code) else word
        found[f"help_{code}"] = (held.get("helps") or {}).get(code, "")
    given = held.get("settings") or {}
    for each in type(present).settings:
        found[PREFIX + each.name] = given.get(each.name, getattr(present, each.name, None))
    found["default"] = given.get("default", None if callable(present.default) else present.default)
    choices = getattr(present, "choices", None)
    if isinstance(choices, Choices):
        found[f"{PREFIX}options"] = options(given.get("options") or [], choices, plain)
    return found


def _now(present: Field, key: str) -> Any:
    value = getattr(present, key, None)
    return text_of(value) if key in {"help", "placeholder"} and value else value


def options(given: Any, choices: Choices, plain: Field | None) -> list[dict[str, Any]]:
    """The options as rows of the control. Standard ones show the product's words as placeholders."""
    said = {each["key"]: each for each in given}
    came = {each.key: each for each in plain.choices.options} if plain is not None else {}  # type: ignore[attr-defined]  # it has choices, as its present form has
    rows = []
    for each in choices.options:
        standard = in_all_languages(came[each.key].label) if each.key in came else {}
        row = said.get(each.key, {})
        labels = {
            code: word for code, word in (row.get("labels") or {}).items() if word != standard.get(code)
        }
        label = row.get("label") or text_of(each.label)
        words = {"label": label, "labels": labels, "standard": standard}
        rows.append({"key": each.key, "hue": each.hue, "when": row.get("when", ""), **words})
    return rows
