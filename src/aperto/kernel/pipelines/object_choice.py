"""Which object a pipeline is of: chosen among those that go through stages, kept as its key."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.text import Text
from aperto.kernel.folding import fold
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer


def staged() -> list[tuple[str, Message]]:
    """Keys and names of the objects that go through stages."""
    return [(each.key, each.plural) for each in registry if each.path]


class ObjectChoice(Text):
    """The key of an object that goes through stages, shown by its name."""

    def clean(self, value: Any) -> str | None:
        key = super().clean(value)
        if key is None or key in {known for known, _label in staged()}:
            return key
        raise FieldError(
            _("“%(key)s” goes through no stages; these do: %(known)s.")
            % {"key": key[:60], "known": ", ".join(known for known, _label in staged())}
        )

    def parse(self, raw: Any, viewer: Viewer) -> str | None:
        """Also an object's name in the reader's words."""
        if isinstance(raw, str):
            named = {fold(text_of(label)): key for key, label in staged()}
            raw = named.get(fold(raw.strip()), raw)
        return self.clean(raw or None)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else text_of(dict(staged()).get(value, value))

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        empty: Iterable[tuple[str, Message]] = [] if value else [("", "–")]
        return controls.select_box(name, [*empty, *staged()], [value or ""], self.attributes(attributes))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}

    def sample(self, n: int) -> str:
        return staged()[n % len(staged())][0]

    def search_text(self, value: Any) -> str:
        return ""
