"""Fields that keep the key of something which is no record, and are chosen by its name."""

from abc import abstractmethod
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.text import Text
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer


class Choice(Text):
    """A key of something that is not a record, or a record's kind."""

    @abstractmethod
    def known(self) -> dict[str, Message]:
        """Names by key, of all that can be chosen now."""

    def refusal(self, key: str) -> Message:
        """What is said of a key that cannot be chosen."""
        return _("“%(key)s” is none of those that can be chosen.") % {"key": key}

    def clean(self, value: Any) -> str | None:
        key = super().clean(value)
        if key is None or key in self.known():
            return key
        raise FieldError(self.refusal(key[:60]))

    def parse(self, raw: Any, viewer: Viewer) -> str | None:
        """Also the name, in the reader's words."""
        if isinstance(raw, str):
            named = {fold(text_of(label)): key for key, label in self.known().items()}
            raw = named.get(fold(raw.strip()), raw)
        key: str | None = super().parse(raw, viewer)
        return key

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else text_of(self.known().get(value, value))

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        offered = list(self.known().items())
        empty: list[tuple[str, Message]] = [] if value and self.required else [("", "–")]
        return controls.select_box(name, [*empty, *offered], [value or ""], self.attributes(attributes))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}

    def sample(self, n: int) -> Any:
        keys = list(self.known())
        return keys[n % len(keys)]

    def search_text(self, value: Any) -> str:
        return ""
