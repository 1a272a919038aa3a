"""A colour: one of the product's hues, or a value like #3b82f6."""

import re
from html import escape
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.text import plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

HUES: dict[str, Message] = {
    "slate": gettext_lazy("Slate"),
    "blue": gettext_lazy("Blue"),
    "violet": gettext_lazy("Violet"),
    "pink": gettext_lazy("Pink"),
    "red": gettext_lazy("Red"),
    "amber": gettext_lazy("Amber"),
    "green": gettext_lazy("Green"),
    "teal": gettext_lazy("Teal"),
}
FULL = re.compile(r"#?([0-9a-f]{6})")
SHORT = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])")
OWN = "own"


class Colour(Field):
    """A hue by its name, or #rrggbb."""

    kind = "colour"
    label_of_kind = gettext_lazy("Colour")
    explained = gettext_lazy("A colour of the palette or any other.")
    icon = "palette"
    parts = (Part("", lambda field: models.CharField(max_length=7, null=True, db_index=field.indexed)),)
    operators = operators.EQUALITY

    def clean(self, value: Any) -> str | None:
        text = plain(value, 60)
        if text is None:
            return None
        word = text.lower()
        if word in HUES:
            return word
        full, short = FULL.fullmatch(word), SHORT.fullmatch(word)
        if full:
            return f"#{full[1]}"
        if short:
            return f"#{short[1] * 2}{short[2] * 2}{short[3] * 2}"
        raise FieldError(
            _("“%(text)s” is not a colour. Write #rrggbb or one of: %(hues)s.")
            % {"text": text, "hues": ", ".join(HUES)}
        )

    def parse(self, raw: Any, viewer: Viewer) -> str | None:
        """Also a hue in the viewer's words."""
        if isinstance(raw, str):
            named = {fold(str(label)): key for key, label in HUES.items()}
            raw = named.get(fold(raw), raw)
        return self.clean(raw)

    def read_form(self, post: QueryDict, name: str) -> Any:
        chosen = post.get(name, "")
        return post.get(f"{name}.{OWN}", "") if chosen == OWN else chosen

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else str(HUES.get(value, value))

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        """A swatch in SVG, whose fill is no style and so is allowed by the content policy."""
        if value is None:
            return ""
        label = escape(self.text(value, viewer))
        if value in HUES:
            return f'<span class="pill" data-hue="{value}">{label}</span>'
        fill = escape(value)
        return (
            '<svg class="swatch" width="14" height="14" aria-hidden="true">'
            f'<rect width="14" height="14" rx="4" fill="{fill}"/></svg> {label}'
        )

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        own = value is not None and value not in HUES
        listed: list[tuple[str, Message]] = [("", "–"), *HUES.items(), (OWN, _("Own colour"))]
        choice = controls.select_box(name, listed, [OWN if own else value or ""], self.attributes(attributes))
        picked = controls.text_input(
            "color", f"{name}.{OWN}", value if own else "#888888", controls.label_of(_("Own colour"))
        )
        return controls.group(choice, picked, kind=self.kind, look="joined")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(#[0-9a-f]{{6}}|{'|'.join(HUES)})$"}

    def sample(self, n: int) -> str:
        hues = list(HUES)
        return hues[n] if n < len(hues) else f"#{n * 7919 % 0x1000000:06x}"

    def search_text(self, value: Any) -> str:
        return ""
