"""An object or a list of JSON, for what has no kind of its own: settings, answers of another system."""

from html import escape
from typing import Any

import orjson
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.long_text import shortened
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

LARGEST = 64 * 1024  # bytes
DEEPEST = 20


def check_depth(value: Any, depth: int = 1) -> None:
    """Refuses what would exhaust a parser, and NUL, which PostgreSQL cannot keep."""
    if depth > DEEPEST:
        raise FieldError(_("The JSON is nested more than %(deepest)s deep.") % {"deepest": DEEPEST})
    if isinstance(value, str):
        if "\0" in value:
            raise FieldError(_("The text holds a NUL character, which cannot be kept."))
    elif isinstance(value, dict):
        for key, inner in value.items():
            check_depth(key, depth)
            check_depth(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            check_depth(inner, depth + 1)


def written(value: Any) -> bytes:
    """As JSON; numbers that JSON does not know and letters that are none are refused."""
    try:
        text = orjson.dumps(value)
        if orjson.loads(text) == value:
            return text
    except (TypeError, ValueError, RecursionError):
        pass
    raise FieldError(_("This cannot be written as JSON."))


class Json(Field):
    """An object or a list, at most 64 kB of it."""

    kind = "json"
    label_of_kind = gettext_lazy("JSON")
    explained = gettext_lazy("Structured text for programs.")
    icon = "json"
    parts = (Part("", lambda field: models.JSONField(null=True), Cast.RAW),)
    operators = operators.PRESENCE
    aggregates = ("filled", "empty")
    sort_suffix = None

    def clean(self, value: Any) -> Any:
        if value is None or value == "":
            return None
        if not isinstance(value, dict | list):
            raise FieldError(_("A JSON object or list is expected here."))
        check_depth(value)
        if len(written(value)) > LARGEST:
            raise FieldError(_("At most %(size)s kB of JSON fit here.") % {"size": LARGEST // 1024})
        return value

    def parse(self, raw: Any, viewer: Viewer) -> Any:
        if not isinstance(raw, str):
            return self.clean(raw)
        if not raw.strip():
            return None
        if len(raw) > LARGEST * 4:
            raise FieldError(_("At most %(size)s kB of JSON fit here.") % {"size": LARGEST // 1024})
        try:
            value = orjson.loads(raw)
        except ValueError as error:
            place = getattr(error, "lineno", 1), getattr(error, "colno", 1)
            raise FieldError(
                _("This is not JSON: look at line %(line)s, column %(column)s.")
                % {"line": place[0], "column": place[1]}
            ) from None
        return self.clean(value)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else orjson.dumps(value).decode()

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else f"<code>{escape(shortened(self.text(value, viewer)))}</code>"

    def display(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else f"<pre><code>{escape(self.pretty(value))}</code></pre>"

    def pretty(self, value: Any) -> str:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else self.pretty(value)
        return controls.text_area(name, text, f'rows="6" spellcheck="false" {self.attributes(attributes)}')

    def schema(self) -> dict[str, Any]:
        return {"type": ["object", "array"]}

    def sample(self, n: int) -> Any:
        return {"number": n, "labels": ["one", "two"], "inner": {"yes": True, "share": n / 4}}

    def search_text(self, value: Any) -> str:
        return ""
