"""Text of many lines; the line breaks count."""

from html import escape
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

LONGEST = 200_000
SHOWN = 200  # characters of it in a list


def shortened(text: str) -> str:
    """The beginning as one line."""
    line = " ".join(text[: SHOWN * 2].split())
    return line if len(line) <= SHOWN and len(text) <= SHOWN * 2 else line[: SHOWN - 1] + "…"


class LongText(Field):
    """Several lines of text, 200,000 characters at most."""

    kind = "long_text"
    label_of_kind = _("Long text")
    explained = _("Several lines without formatting.")
    icon = "align-left"
    parts = (
        Part("", lambda field: models.TextField(null=True)),
        Part("_folded", lambda field: models.TextField(null=True)),
    )
    operators = ("contains", "not_contains", *operators.PRESENCE)
    filter_suffix = "_folded"
    sort_suffix = None

    def split(self, value: Any) -> tuple[Any, ...]:
        return (value, None if value is None else fold(value))

    def clean(self, value: Any) -> str | None:
        text = plain(value, LONGEST)
        return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return needle(raw)

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else escape(shortened(value))

    def display(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else escape(value).replace("\n", "<br>")

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return controls.text_area(name, value or "", f'rows="4" {self.attributes(attributes)}')

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST}

    def sample(self, n: int) -> str:
        return f"{self.label or self.key} {n}\nThe second line says more."
