"""One choice of a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls, operators, setting
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


@dataclass(frozen=True)
class Option:
    """`key` is what is stored; `order` counts where it is given, else the place in the list; `when` is a
    filter on the record that must hold for the option to be offered."""

    key: str
    label: Message
    hue: str = "slate"
    order: int = 0
    when: str = ""


def pill(label: str, hue: str) -> str:
    return f'<span class="pill" data-hue="{escape(hue)}">{escape(label)}</span>'


class Choices:
    """The options of a field: found by key, or by label in any language of the product."""

    def __init__(self, options: Sequence[Option]) -> None:
        for option in options:
            if not KEY.fullmatch(option.key):
                raise ValueError(f"not an option key: {option.key!r}")
        self.options = sorted(options, key=lambda option: option.order)
        self.by_key = {option.key: option for option in self.options}
        self._spellings: dict[str, dict[str, str]] = {}
        self._pills: dict[tuple[str | None, str], str] = {}

    def label(self, key: str) -> str:
        option = self.by_key.get(key)
        return key if option is None else str(option.label)

    def pill(self, key: str) -> str:
        """Remembered by language, because a list shows it on every row."""
        place = (get_language(), key)
        if place not in self._pills:
            option = self.by_key.get(key)
            self._pills[place] = pill(self.label(key), option.hue if option else "slate")
        return self._pills[place]

    def check(self, key: Any) -> str:
        if not isinstance(key, str) or key not in self.by_key:
            raise self.unknown(str(key))
        return key

    def find(self, text: str, language: str) -> str:
        """The key that the text names; the viewer's own language goes first."""
        word = text.strip()
        if word in self.by_key:
            return word
        word = fold(word)
        for each in (language, *(code for code, _name in settings.LANGUAGES if code != language)):
            if word in (spelt := self.spellings(each)):
                return spelt[word]
        raise self.unknown(text)

    def spellings(self, language: str) -> dict[str, str]:
        if language not in self._spellings:
            with override(language):
                labels = {fold(str(option.label)): option.key for option in reversed(self.options)}
            self._spellings[language] = {fold(option.key): option.key for option in self.options} | labels
        return self._spellings[language]

    def unknown(self, text: str) -> FieldError:
        known = ", ".join(str(option.label) for option in self.options[:12])
        return FieldError(
            _("“%(text)s” is not one of the choices: %(known)s.")
            % {"text": text.strip()[:60], "known": known}
        )


class Select(Field):
    """One of `options`; the value is its key."""

    kind = "select"
    label_of_kind = gettext_lazy("Choice")
    explained = gettext_lazy("One option of a list that you make.")
    icon = "circle-dot"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.OPTIONS,)
    parts = (Part("", lambda field: models.CharField(max_length=63, null=True, db_index=field.indexed)),)
    operators = operators.EQUALITY

    def __init__(self, *arguments: Any, options: Sequence[Option] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.choices = Choices(options)

    @property
    def options(self) -> Sequence[Option]:
        return self.choices.options

    def clean(self, value: Any) -> str | None:
        return None if value is None or value == "" else self.choices.check(value)

    def parse(self, raw: Any, viewer: Viewer) -> str | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return self.choices.find(raw, viewer.language) if raw.strip() else None

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else self.choices.label(value)

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else self.choices.pill(value)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        listed: list[tuple[str, Message]] = [(option.key, option.label) for option in self.options]
        if value is not None and value not in self.choices.by_key:
            listed.append((value, value))  # an option that was removed stays until it is changed
        if value is None or not self.required:
            listed.insert(0, ("", "–"))
        return controls.select_box(name, listed, [value or ""], self.attributes(attributes))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [option.key for option in self.options]}

    def sample(self, n: int) -> str | None:
        return self.options[n % len(self.options)].key if self.options else None

    def search_text(self, value: Any) -> str:
        return "" if value is None else self.choices.label(value)
